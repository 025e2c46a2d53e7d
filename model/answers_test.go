package model_test

import (
	"fmt"
	"math/bits"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/model"
)

func TestAnswersThatCanBeTaken(t *testing.T) {
	for _, c := range []struct {
		name string
		ask  func(c *model.Choice) string
		want string
	}{
		{"a range", func(c *model.Choice) string { return fmt.Sprint(c.Range("n", 3, 5)) }, "3 4 5"},
		{"a range of one", func(c *model.Choice) string { return fmt.Sprint(c.Range("n", -2, -2)) }, "-2"},
		{"an empty range", func(c *model.Choice) string { return fmt.Sprint(c.Range("n", 3, 2)) }, "-3"},
		{"another", func(c *model.Choice) string { return fmt.Sprint(c.Other("n", 4, 1)) }, "0 2 3"},
		{"another than the first", func(c *model.Choice) string { return fmt.Sprint(c.Other("n", 3, 0)) }, "1 2"},
		{"another than the last", func(c *model.Choice) string { return fmt.Sprint(c.Other("n", 3, 2)) }, "0 1"},
		{"another than none of them", func(c *model.Choice) string { return fmt.Sprint(c.Other("n", 2, 7)) }, "0 1"},
		{"another than the only one", func(c *model.Choice) string { return strings.Trim(fmt.Sprint(c.Other("n", 1, 0)), "0123") }, "-"},
		{
			"subsets, smaller ones first",
			func(c *model.Choice) string { return elements(model.Subset(c, "s", uint8(0b10011), 0, 3)) },
			"{} {0} {1} {4} {0,1} {0,4} {1,4} {0,1,4}",
		},
		{
			"subsets that are not empty",
			func(c *model.Choice) string { return elements(model.Subset(c, "s", uint64(1<<63|1<<5), 1, 2)) },
			"{5} {63} {5,63}",
		},
		{
			"more than there are",
			func(c *model.Choice) string { return elements(model.Subset(c, "s", uint8(0b11), 2, 9)) },
			"{0,1}",
		},
		{"larger ones than there are", func(c *model.Choice) string { return elements(model.Subset(c, "s", uint8(0b11), 3, 3)) }, "-{}"},
		{"of the empty set", func(c *model.Choice) string { return elements(model.Subset(c, "s", uint8(0), 0, 0)) }, "{}"},
		{"not empty, of the empty set", func(c *model.Choice) string { return elements(model.Subset(c, "s", uint8(0), 1, 0)) }, "-{}"},
		{
			"least majorities of those who are able",
			func(c *model.Choice) string { return elements(model.Quorum(c, "q", model.BitsOf(0, 2, 3, 4), 5)) },
			"{0,2,3} {0,2,4} {0,3,4} {2,3,4}",
		},
		{"no majority is able", func(c *model.Choice) string { return elements(model.Quorum(c, "q", model.BitsOf(0, 2), 5)) }, "-{}"},
		{
			"orders",
			func(c *model.Choice) string {
				order := [...]string{"a", "b", "c"}
				model.Permute(c, "order", order[:])
				return strings.Join(order[:], "")
			},
			"abc acb bac bca cab cba",
		},
		{
			"orders of nothing",
			func(c *model.Choice) string { model.Permute(c, "order", []int{}); return "one" },
			"one",
		},
		{
			"a number of one's own",
			func(c *model.Choice) string { return fmt.Sprint(model.Show(c, 10*c.Int("n", 3))) },
			"0 10 20",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := strings.Join(combinations(c.ask), " "); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func elements[Set ~uint8 | ~uint16 | ~uint32 | ~uint64](s Set) string {
	return strings.ReplaceAll(model.Bits(s).String(), " ", ",")
}

// Each subset of a size in the range is answered once, smaller ones first, then by number.
func TestSubsetsOfAnySet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		of := uint16(rapid.Uint16Range(0, 1<<12-1).Draw(t, "of"))
		least, most := rapid.IntRange(-1, 13).Draw(t, "least"), rapid.IntRange(-1, 13).Draw(t, "most")
		var want, got []uint16
		for s := range 1 << 12 {
			n := bits.OnesCount(uint(s))
			if uint16(s)&^of == 0 && max(least, 0) <= n && n <= most {
				want = append(want, uint16(s))
			}
		}
		slices.SortStableFunc(want, func(a, b uint16) int { return bits.OnesCount16(a) - bits.OnesCount16(b) })
		var o model.Odometer
		o.Reset()
		for more := true; more; more = o.Next() {
			if s := model.Subset(o.Choice(), "s", of, least, most); !o.Void() {
				got = append(got, s)
			}
		}
		if !slices.Equal(got, want) {
			t.Fatalf("of %b, %d to %d: got %b, want %b", of, least, most, got, want)
		}
	})
}

// Half of 48 elements have more subsets than can be tried, and fewer than can be counted.
func TestManySubsets(t *testing.T) {
	of := uint64(1<<48 - 1)
	var o model.Odometer
	for _, draw := range []struct {
		answer func(n int) int
		want   uint64
	}{
		{func(int) int { return 0 }, 1<<24 - 1},
		{func(n int) int { return n - 1 }, (1<<24 - 1) << 24},
	} {
		o.Draw(draw.answer)
		if got := model.Subset(o.Choice(), "s", of, 24, 24); got != draw.want {
			t.Errorf("got %b, want %b", got, draw.want)
		}
	}
	defer func() {
		if got, want := fmt.Sprint(recover()), `model: the choice "s" is among more than 2^50 subsets of 64 elements`; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}()
	o.Reset()
	model.Subset(o.Choice(), "s", ^uint64(0), 0, 64)
}

// A negative number of voters is a mistake in the model: half of it and one more would be no
// voter at all, and every empty set a quorum.
func TestAQuorumOfLessThanNone(t *testing.T) {
	var o model.Odometer
	o.Reset()
	defer func() {
		if got, want := fmt.Sprint(recover()), `model: the choice "voters" is a quorum of -2 voters`; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}()
	model.Quorum(o.Choice(), "voters", uint8(0b11), -2)
}

func TestTooManyToPermute(t *testing.T) {
	defer func() {
		if got, want := fmt.Sprint(recover()), `model: Permute("order") of 21 items: it can have 20 at most`; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}()
	var o model.Odometer
	o.Reset()
	model.Permute(o.Choice(), "order", make([]int, 21))
}

func TestTake(t *testing.T) {
	odd := func(n int) bool { return n%2 == 1 }
	var s model.Set[int]
	var b model.Bag[int]
	for _, n := range []int{3, 4, 5} {
		s.Add(n)
		b.Add(n)
	}
	b.Add(5)
	for _, c := range []struct {
		name string
		ask  func(c *model.Choice, s *model.Set[int], b *model.Bag[int]) int
		want string
	}{
		{"of a set", func(c *model.Choice, s *model.Set[int], _ *model.Bag[int]) int { return s.Take(c, "n") }, "3:[4 5] 4:[3 5] 5:[3 4]"},
		{"of some of a set", func(c *model.Choice, s *model.Set[int], _ *model.Bag[int]) int { return s.TakeFunc(c, "n", odd) }, "3:[4 5] 5:[3 4]"},
		{"of a bag", func(c *model.Choice, _ *model.Set[int], b *model.Bag[int]) int { return b.Take(c, "n") }, "3:[4 5 5] 4:[3 5 5] 5:[3 4 5]"},
		{"of some of a bag", func(c *model.Choice, _ *model.Set[int], b *model.Bag[int]) int { return b.TakeFunc(c, "n", odd) }, "3:[4 5 5] 5:[3 4 5]"},
		{"of nothing", func(c *model.Choice, s *model.Set[int], _ *model.Bag[int]) int { s.Clear(); return s.Take(c, "n") }, "-0:[]"},
		{"of what nothing can", func(c *model.Choice, _ *model.Set[int], b *model.Bag[int]) int {
			return b.TakeFunc(c, "n", func(int) bool { return false })
		}, "-0:[3 4 5 5]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := combinations(func(choice *model.Choice) string {
				set, bag := model.Set[int]{}, model.Bag[int]{}
				for e := range s.All() {
					set.Add(e)
				}
				for e := range b.All() {
					bag.Add(e)
				}
				n := c.ask(choice, &set, &bag)
				left := slices.Clone(bag.Items())
				if set.Len() < s.Len() {
					left = slices.Clone(set.Items())
				}
				slices.Sort(left)
				return fmt.Sprintf("%d:%v", n, left)
			})
			if got := strings.Join(got, " "); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

type quorate uint8

func (n quorate) String() string {
	var b strings.Builder
	for i := range 5 {
		if n>>i&1 == 1 {
			b.WriteString(" " + string(rune('A'+i)))
		}
	}
	return "{" + strings.TrimSpace(b.String()) + "}"
}

// Recorded and remembered arguments show what the answers mean.
func TestAnswersAsArguments(t *testing.T) {
	do := func(c *model.Choice) {
		var b model.Bag[string]
		b.Add("x")
		b.Add("y")
		order := []int{7, 8}
		c.Range("jump", 2, 3)
		c.Other("to", 3, 0)
		model.Subset(c, "up", uint8(3), 1, 1)
		model.Quorum(c, "voters", quorate(0b11100), 3)
		model.Permute(c, "order", order)
		b.Take(c, "message")
		model.Show(c, []string{"", "Mon", "", "Wed"}[model.Member(c, "day", uint8(0b1010))])
	}
	want := "[{jump 3} {to 2} {up 2} {voters {D E}} {order [8 7]} {message y} {day Wed}]"
	var o model.Odometer
	o.Reset()
	o.Remember()
	last := ""
	for more := true; more; more = o.Next() {
		do(o.Choice())
		last = arguments(o.Arguments())
		var recorded model.Odometer
		recorded.Record(o.Answers(nil))
		do(recorded.Choice())
		if got := arguments(recorded.Arguments()); got != last {
			t.Fatalf("recorded %s, remembered %s", got, last)
		}
	}
	if last != want {
		t.Errorf("got %s, want %s", last, want)
	}
}

func arguments(list []model.Argument) string {
	var words []string
	for _, a := range list {
		words = append(words, fmt.Sprintf("{%s %v}", a.Name, a.Value))
	}
	return "[" + strings.Join(words, " ") + "]"
}

func TestAnswersAllocateNothing(t *testing.T) {
	var o model.Odometer
	var full, b model.Bag[uint8]
	for _, m := range []uint8{1, 1, 2} {
		full.Add(m)
	}
	limit := uint8(5)
	got := testing.AllocsPerRun(100, func() {
		o.Reset()
		for more := true; more; more = o.Next() {
			c := o.Choice()
			b = full
			order := [...]int{0, 1}
			c.Range("n", 1, 2)
			c.Other("m", 3, 1)
			model.Quorum(c, "q", uint8(0b1110), 3)
			model.Permute(c, "order", order[:])
			b.TakeFunc(c, "message", func(m uint8) bool { return m < limit })
		}
	})
	if got != 0 {
		t.Errorf("%g allocations", got)
	}
}

// election is one round of votes: five nodes, and each grants its vote once a term.
type election struct {
	Term   uint8
	Voted  [5]uint8 // the last term in which the node voted
	Leader uint8
}

// A choice among 32 sets of voters, most of which are no quorum or cannot vote, makes an
// attempt for each of them. A choice among quorums makes no attempt that is turned down,
// and reaches the same states.
func TestAQuorumMakesOnlyAttemptsThatCanBeTaken(t *testing.T) {
	able := func(s *election) quorate {
		var n quorate
		for i, term := range s.Voted {
			if term <= s.Term {
				n |= 1 << i
			}
		}
		return n
	}
	elect := func(s *election, voters quorate) {
		for i := range s.Voted {
			if voters>>i&1 == 1 {
				s.Voted[i] = s.Term + 1
			}
		}
		s.Term++
	}
	check := func(do func(s *election, c *model.Choice) bool) *explore.Report {
		r, err := explore.Check(t.Context(), &model.Model[election]{
			Name: "election", AllowDeadlock: true,
			Actions: []model.Action[election]{{Name: "Elect", Do: func(s *election, c *model.Choice) bool {
				return s.Term < 4 && do(s, c)
			}}},
		}, explore.Options{})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	all := check(func(s *election, c *model.Choice) bool {
		voters := quorate(c.Int("voters", 32))
		if bits.OnesCount8(uint8(voters)) != 3 || voters&^able(s) != 0 {
			return false
		}
		elect(s, voters)
		return true
	})
	least := check(func(s *election, c *model.Choice) bool {
		elect(s, model.Quorum(c, "voters", able(s), 5))
		return true
	})
	if !reflect.DeepEqual(all.Counts, least.Counts) {
		t.Errorf("%+v, and with quorums %+v", all.Counts, least.Counts)
	}
	a, b := all.Actions[0], least.Actions[0]
	levels := all.Counts.Levels
	ends := levels[len(levels)-1] // in each of these the action is tried once, and asks nothing
	if a.Enabled != b.Enabled || b.Attempts != b.Enabled+ends || a.Attempts != 32*(all.Counts.Distinct-ends)+ends {
		t.Errorf("%d of %d attempts were enabled, and with quorums %d of %d", a.Enabled, a.Attempts, b.Enabled, b.Attempts)
	}
}
