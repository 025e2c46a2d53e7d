package explorer

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/muster-mc/muster/conform"
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/model"
)

// shelf is a shop's shelf, with a constraint that a log does not keep.
type shelf struct {
	Stock uint8
	Last  colour
}

// colour has one text for two of its values.
type colour uint8

func (c colour) String() string { return [...]string{"none", "red", "blue", "blue"}[c] }

func shelves() *model.Model[shelf] {
	return &model.Model[shelf]{
		Name: "shelf",
		Actions: []model.Action[shelf]{
			{Name: "Put", Do: func(s *shelf, c *model.Choice) bool {
				s.Last = model.Pick(c, "colour", []colour{1, 2, 3})
				if !c.Guard("there is room", s.Stock < 5) {
					return false
				}
				s.Stock++
				return true
			}},
			{Name: "Take", Do: func(s *shelf, c *model.Choice) bool {
				if !c.Guard("there is something", s.Stock > 0) {
					return false
				}
				s.Stock--
				return true
			}},
		},
		Properties:    []model.Property[shelf]{model.Always("NotFour", func(s *shelf) bool { return s.Stock != 4 })},
		Constraint:    func(s *shelf) bool { return s.Stock < 2 },
		AllowDeadlock: true,
	}
}

func shelfLog() conform.Log[shelf] {
	return conform.Log[shelf]{
		Model: shelves(),
		Records: map[string]conform.Record[shelf]{
			"put": {Action: "Put", Args: conform.Args{"colour": conform.Where(func(c colour, r conform.Fields) bool {
				return c.String() == r.String("colour")
			})}},
			"took": {Action: "Take"},
			"seen": {After: func(s *shelf, r conform.Fields) conform.Mismatch {
				return conform.Equal("stock", s.Stock, r.Int("stock"))
			}},
		},
		Hidden: conform.Hidden{"Take": conform.Any},
	}
}

// followed is an explorer of what a log is compared with.
func followed(t *testing.T, log string) (*client, logAnswer) {
	t.Helper()
	r, err := conform.Check(t.Context(), shelfLog(), []conform.Input{{Name: "run.ndjson", Data: []byte(log)}}, conform.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s, err := New(Options{Model: explore.Of(shelves()), Beyond: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	if err := s.FollowLog(t.Context(), r); err != nil {
		t.Fatal(err)
	}
	c := &client{t, s, s.Handler(address("127.0.0.1:1234"))}
	w := c.do(c.request("GET", "/api/log", ""))
	var a logAnswer
	if w.Code != http.StatusOK || json.Unmarshal(w.Body.Bytes(), &a) != nil {
		t.Fatalf("status %d, %s", w.Code, w.Body)
	}
	return c, a
}

// A rejected log has a run to each state that the model may be in there, with its records, and
// with the record that is not possible and why. The runs are asked about by their steps, even
// where these look like others, and where they leave the constraint.
func TestLogThatIsRejected(t *testing.T) {
	c, a := followed(t, `{"msg": "put", "colour": "red"}
{"msg": "put", "colour": "blue"}
{"msg": "put", "colour": "red"}
{"msg": "seen", "stock": 3}
{"msg": "seen", "stock": 4, "id": 12345678901234567890}
{"msg": "took"}
`)
	if a.Verdict != conform.Rejected || a.Records != 6 || a.Matched != 4 || len(a.Runs) != 1 {
		t.Fatalf("it is %s: %d of %d records, %d runs", a.Verdict, a.Matched, a.Records, len(a.Runs))
	}
	run := a.Runs[0]
	if got := strings.Join(run.Steps, " "); got != "Init Put(colour=red) Put(colour=blue(2)) Put(colour=red)" || run.At != 4 {
		t.Errorf("the run is %s, shown at %d", got, run.At)
	}
	records := ""
	for _, r := range run.Records {
		records += fmt.Sprintf("%s %s %d; ", r, r.Kind, r.State)
	}
	if records != "run.ndjson:1 put 2; run.ndjson:2 put 3; run.ndjson:3 put 4; run.ndjson:4 seen 4; " {
		t.Errorf("the records are %s", records)
	}
	if len(run.Why) != 1 {
		t.Fatalf("there are %d reasons", len(run.Why))
	}
	why := run.Why[0]
	if why.Record.Line != 5 || why.Record.Ordinal != 5 || why.Words != "the state differs from the record" || len(why.Hidden) > 0 || run.Hidden != 3 ||
		fmt.Sprint(why.Differences) != "[{stock 3 4}]" || !strings.Contains(why.Record.Text, "\n  \"id\": 12345678901234567890\n") {
		t.Errorf("the reason is %+v", why)
	}
	at := c.at(strings.Join(run.Steps, " "))
	if at.Number != 4 || !at.View.Outside || len(at.View.Moves) != 4 || string(at.View.State) != `{"Stock":3,"Last":"red"}` {
		t.Errorf("there is %+v", at)
	}
	if !c.server.model.Log {
		t.Error("the model does not say that there is a log")
	}
}

// An accepted log has one run, which is shown where it violates a property first.
func TestLogThatIsAccepted(t *testing.T) {
	put := `{"msg": "put", "colour": "red"}` + "\n"
	_, a := followed(t, strings.Repeat(put, 5))
	if a.Verdict != conform.Accepted || len(a.Runs) != 1 || a.Runs[0].At != 5 || len(a.Runs[0].Steps) != 6 || len(a.Runs[0].Why) != 0 ||
		len(a.Runs[0].Violations) != 1 || a.Runs[0].Violations[0].Property != "NotFour" || fmt.Sprint(a.NotTaken) != "[Take]" {
		t.Errorf("it is %+v", a)
	}
	_, a = followed(t, put)
	if a.Runs[0].At != 2 || len(a.Runs[0].Violations) != 0 {
		t.Errorf("it is %+v", a.Runs[0])
	}
}

func TestQuestionsAboutNoLog(t *testing.T) {
	c := serve(t, counters())
	if w := c.do(c.request("GET", "/api/log", "")); w.Code != http.StatusNotFound {
		t.Errorf("status %d", w.Code)
	}
	r := c.request("GET", "/api/log", "")
	r.Header.Del(TokenHeader)
	if w := c.do(r); w.Code != http.StatusForbidden {
		t.Errorf("without a token: status %d", w.Code)
	}
}

// A run that is longer than the explorer shows is refused before it is taken.
func TestLogThatIsTooLong(t *testing.T) {
	log := strings.Repeat(`{"msg": "put", "colour": "red"}`+"\n"+`{"msg": "took"}`+"\n", stepsMax/2)
	r, err := conform.Check(t.Context(), shelfLog(), []conform.Input{{Name: "run.ndjson", Data: []byte(log)}}, conform.Options{})
	if err != nil {
		t.Fatal(err)
	}
	c := serve(t, shelves())
	if err := c.server.FollowLog(t.Context(), r); err == nil || err.Error() != "the run has 10001 steps: the explorer shows runs of at most 10000" {
		t.Errorf("the error is %v", err)
	}
}
