package crash_test

import (
	"context"
	"fmt"

	"github.com/muster-mc/muster/crash"
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/model"
)

// Voter grants its vote once in each term. Both are on disk, in two writes.
type Voter struct {
	Term   uint8 `crash:"durable"`
	Vote   Name  `crash:"durable"`
	Leader Name  `crash:"lost"`
}

// Name is a candidate.
type Name uint8

func (n Name) String() string { return [...]string{"none", "ann", "bob"}[n] }

// Poll is the voter, and for whom it voted in term 2.
type Poll struct {
	Voter   Voter
	Granted [3]bool
}

// grant is for a candidate of a later term, or of the same one if the voter has no vote in it.
func grant(s *Poll, c *model.Choice) bool {
	term, to := uint8(c.Range("term", 1, 2)), model.Pick(c, "to", []Name{1, 2})
	if v := &s.Voter; term < v.Term || term == v.Term && v.Vote != 0 {
		return false
	}
	s.Voter.Term, s.Voter.Vote = term, to
	if term == 2 {
		s.Granted[to] = true
	}
	return true
}

// A crash between the two writes leaves a new term with the vote of the old one.
func Example() {
	voters := crash.Processes[Poll, Voter]{Number: 1, At: func(s *Poll, _ int) *Voter { return &s.Voter }}
	poll := &model.Model[Poll]{
		Name: "poll",
		Actions: []model.Action[Poll]{
			{Name: "Grant", Do: grant},
			voters.Crash("Crash"),
			voters.Torn("Grant", grant),
		},
		Properties: []model.Property[Poll]{
			model.Always("VoteIsOfItsTerm", func(s *Poll) bool {
				return s.Voter.Term < 2 || s.Voter.Vote == 0 || s.Granted[s.Voter.Vote]
			}),
		},
	}
	report, err := explore.Check(context.Background(), poll, explore.Options{})
	if err != nil {
		panic(err)
	}
	fmt.Print(report.Properties[0].Trace)
	// Output:
	//   1  Init                     Voter: {Vote:none Leader:none}
	//   2  Grant(term=1, to=ann)    Voter.Term: 0 -> 1   Voter.Vote: none -> ann
	//   3  GrantTorn(term=2, to=bob, written=Term) [fault: torn write]
	//                               Voter.Term: 1 -> 2
}

// Page is written, and then the header that says which version of the page is there.
type Page struct {
	Content uint8 `crash:"durable"`
	Header  uint8 `crash:"durable"`
}

// rewrite writes both.
func rewrite(p *Page, _ *model.Choice) bool {
	if p.Content == 2 {
		return false
	}
	p.Content++
	p.Header = p.Content
	return true
}

// A disk that reorders writes the header first: it is no sign that the content is there.
func ExampleProcesses_Torn() {
	disk := crash.Processes[Page, Page]{Number: 1, At: func(p *Page, _ int) *Page { return p }, Reordered: true}
	page := &model.Model[Page]{
		Name:    "page",
		Actions: []model.Action[Page]{{Name: "Write", Do: rewrite}, disk.Torn("Write", rewrite)},
		Properties: []model.Property[Page]{
			model.Always("HeaderIsTrue", func(p *Page) bool { return p.Header <= p.Content }),
		},
	}
	report, err := explore.Check(context.Background(), page, explore.Options{})
	if err != nil {
		panic(err)
	}
	fmt.Print(report.Properties[0].Trace)
	// Output:
	//   1  Init    (all zero)
	//   2  WriteTorn(written=Header) [fault: torn write]
	//              Header: 0 -> 1
}
