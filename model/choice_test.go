package model_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/muster-mc/muster/model"
)

// combinations runs ask for every combination of answers, and lists what it
// returned; a - before what counts as disabled.
func combinations(ask func(c *model.Choice) string) []string {
	var all []string
	var o model.Odometer
	o.Reset()
	for more := true; more; more = o.Next() {
		s := ask(o.Choice())
		if o.Void() {
			s = "-" + s
		}
		all = append(all, s)
	}
	return all
}

func TestCombinations(t *testing.T) {
	for _, c := range []struct {
		name string
		ask  func(c *model.Choice) string
		want string
	}{
		{"nothing asked", func(*model.Choice) string { return "." }, "."},
		{"a number", func(c *model.Choice) string { return fmt.Sprint(c.Int("n", 3)) }, "0 1 2"},
		{"yes or no", func(c *model.Choice) string { return fmt.Sprint(c.Bool("b")) }, "false true"},
		{"an element", func(c *model.Choice) string { return model.Pick(c, "e", []string{"x", "y"}) }, "x y"},
		{"one way only", func(c *model.Choice) string { return fmt.Sprint(c.Int("n", 1), c.Int("m", 1)) }, "0 0"},
		{
			"a member of a set",
			func(c *model.Choice) string { return fmt.Sprint(model.Member(c, "m", uint16(1<<3|1<<0|1<<15))) },
			"0 3 15",
		},
		{
			"a member of the fullest set",
			func(c *model.Choice) string { return fmt.Sprint(model.Member(c, "m", ^uint64(0)) / 32) },
			strings.TrimSpace(strings.Repeat("0 ", 32) + strings.Repeat("1 ", 32)),
		},
		{
			"a member, and a number for each",
			func(c *model.Choice) string {
				return fmt.Sprint(model.Member(c, "m", uint8(0b1010)), c.Int("n", 2), model.Member(c, "k", uint32(1<<7|1<<31)))
			},
			"1 0 7 1 0 31 1 1 7 1 1 31 3 0 7 3 0 31 3 1 7 3 1 31",
		},
		{
			"the last question turns fastest",
			func(c *model.Choice) string { return fmt.Sprintf("%d%d", c.Int("n", 2), c.Int("m", 3)) },
			"00 01 02 10 11 12",
		},
		{
			"questions that depend on answers",
			func(c *model.Choice) string {
				s := ""
				for n := c.Int("n", 3); n > 0; n-- {
					s += fmt.Sprint(c.Int("of n", n))
				}
				return s + "."
			},
			". 0. 00. 10.",
		},
		{
			"a name used again",
			func(c *model.Choice) string { return fmt.Sprintf("%d%d", c.Int("n", 2), c.Int("n", 2)) },
			"00 01 10 11",
		},
		{"from nothing", func(c *model.Choice) string { return fmt.Sprint(c.Int("n", 0)) }, "-0"},
		{
			"a member of the empty set is zero",
			func(c *model.Choice) string { return fmt.Sprint(model.Member(c, "m", uint8(0)), c.Int("n", 2)) },
			"-0 0",
		},
		{
			"an element of nothing is zero",
			func(c *model.Choice) string { return fmt.Sprintf("%q", model.Pick(c, "e", []string{})) },
			`-""`,
		},
		{
			"what is asked after nothing is answered once",
			func(c *model.Choice) string {
				return fmt.Sprintf("%d%d%d", c.Int("n", 2), c.Int("nothing", 0), c.Int("m", 5))
			},
			"-000 -100",
		},
		{
			"nothing in one case only",
			func(c *model.Choice) string { n := c.Int("n", 3); return fmt.Sprintf("%d%d", n, c.Int("m", n)) },
			"-00 10 20 21",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := strings.Join(combinations(c.ask), " "); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

// To choose among fewer than none is a mistake, unless nothing counts any more.
func TestFewerThanNone(t *testing.T) {
	var o model.Odometer
	o.Reset()
	if c := o.Choice(); c.Int("nothing", 0)+c.Int("n", -7) != 0 || !o.Void() {
		t.Error("a question after a choice from nothing has an answer")
	}
	defer func() {
		if got, want := recover(), `model: Int("n", -7) chooses among fewer than none`; got != want {
			t.Errorf("got the panic %v; want %s", got, want)
		}
	}()
	o.Reset()
	o.Choice().Int("n", -7)
}

// A tree of questions, in which the answers so far say how many answers the next
// question has, is gone through from left to right, each leaf once.
func TestCombinationsOfAnyTree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		depth := rapid.IntRange(0, 4).Draw(t, "depth")
		seed := rapid.Uint64().Draw(t, "seed")
		limit := func(path string) int { // 0 to 3, or no question any more
			h := seed
			for _, b := range []byte(path) {
				h = (h ^ uint64(b)) * 0x9E3779B97F4A7C15
			}
			return int(h >> 60 % 4)
		}
		var want []string
		var walk func(path string)
		walk = func(path string) {
			if len(path) == depth {
				want = append(want, path)
				return
			}
			n := limit(path)
			for i := range n {
				walk(path + fmt.Sprint(i))
			}
			if n == 0 {
				want = append(want, "-"+path+"0")
			}
		}
		walk("")
		got := combinations(func(c *model.Choice) string {
			path := ""
			for len(path) < depth {
				n := limit(path)
				path += fmt.Sprint(c.Int("q", n))
				if n == 0 {
					break
				}
			}
			return path
		})
		if !slices.Equal(got, want) {
			t.Fatalf("got %v, want %v", got, want)
		}
	})
}

// An action may leave in the middle, even by a panic: the next one starts anew.
func TestResetForgets(t *testing.T) {
	var o model.Odometer
	o.Reset()
	o.Choice().Int("a", 3)
	o.Choice().Int("nothing", 0)
	o.Reset()
	if o.Void() || len(o.Answers(nil)) != 0 {
		t.Errorf("void %v, answers %v; want none", o.Void(), o.Answers(nil))
	}
	if o.Next() {
		t.Error("there is another combination of no questions")
	}
}

// When it has come full circle it is ready for other questions, whatever the last
// call did.
func TestFullCircle(t *testing.T) {
	var o model.Odometer
	o.Reset()
	for _, ask := range []struct {
		does func(c *model.Choice)
		ways int
	}{
		{func(*model.Choice) {}, 1},
		{func(c *model.Choice) { c.Int("n", 2); c.Int("m", 3) }, 6},
		{func(c *model.Choice) { c.Int("n", c.Int("most", 3)) }, 4}, // 0 leaves nothing to choose
		{func(c *model.Choice) { model.Member(c, "set", uint8(0b1011)) }, 3},
		{func(c *model.Choice) { model.Member(c, "set", uint8(0)) }, 1},
		{func(c *model.Choice) { c.Int("n", 4); c.Int("nothing", 0) }, 4},
		{func(c *model.Choice) { c.Bool("b") }, 2},
	} {
		ways := 1
		for ask.does(o.Choice()); o.Next(); ways++ {
			ask.does(o.Choice())
		}
		if ways != ask.ways {
			t.Errorf("got %d combinations, want %d", ways, ask.ways)
		}
		if o.Void() || len(o.Answers(nil)) != 0 {
			t.Errorf("it still knows of the last call: void %v, answers %v", o.Void(), o.Answers(nil))
		}
	}
}

func TestAnswers(t *testing.T) {
	var o model.Odometer
	o.Reset()
	for range 4 {
		o.Choice().Int("n", 3)
		o.Choice().Bool("b")
		o.Next()
	}
	o.Choice().Int("n", 3)
	o.Choice().Bool("b")
	if got := o.Answers([]int{9}); !slices.Equal(got, []int{9, 2, 0}) {
		t.Errorf("got %v, want [9 2 0]", got)
	}
}

// Two calls are the same if they asked for as many answers each time, and got the
// same ones.
func TestSame(t *testing.T) {
	after := func(limits ...int) *model.Odometer {
		o := new(model.Odometer)
		o.Reset()
		for _, n := range limits {
			o.Choice().Int("n", n)
		}
		return o
	}
	next := after(2)
	next.Next()
	for _, c := range []struct {
		name string
		a, b *model.Odometer
		want bool
	}{
		{"nothing asked", after(), after(), true},
		{"the same questions", after(2, 3), after(2, 3), true},
		{"another limit", after(2, 3), after(2, 4), false},
		{"one more question", after(2), after(2, 3), false},
		{"another answer", after(2), next, false},
	} {
		if got := c.a.Same(c.b); got != c.want {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
		}
	}
}

// Recorded, a call answers from a script, and notes what was asked.
func TestRecord(t *testing.T) {
	ask := func(c *model.Choice) {
		c.Int("n", 3)
		c.Bool("b")
		model.Pick(c, "e", []string{"x", "y"})
		model.Member(c, "m", uint16(1<<4|1<<9))
	}
	for _, c := range []struct {
		script []int
		want   string
	}{
		{[]int{2, 1, 1}, "n=2 b=true e=y of [x y] m=4"},
		{[]int{1}, "n=1 b=false e=x of [x y] m=4"},
		{nil, "n=0 b=false e=x of [x y] m=4"},
		{[]int{0, 0, 0, 1}, "n=0 b=false e=x of [x y] m=9"},
		{[]int{0, 0, 0, 2}, "n=0 b=false e=x of [x y] m=4"},
		{[]int{0, 0, 0, 0, 7}, "n=0 b=false e=x of [x y] m=4"},
		{[]int{3, 1, 2}, "n=0 b=true e=x of [x y] m=4"}, // there are not so many answers
	} {
		var o model.Odometer
		o.Record(c.script)
		ask(o.Choice())
		var words []string
		for _, a := range o.Arguments() {
			words = append(words, fmt.Sprintf("%s=%v", a.Name, a.Value))
			if a.Among != nil {
				words = append(words, fmt.Sprintf("of %v", a.Among))
			}
		}
		if got := strings.Join(words, " "); got != c.want {
			t.Errorf("%v: got %s, want %s", c.script, got, c.want)
		}
	}
	var o model.Odometer
	o.Record([]int{1})
	o.Reset()
	ask(o.Choice())
	if got := o.Arguments(); got != nil {
		t.Errorf("without recording: got %v", got)
	}
}

// A script is kept as it was given.
func TestRecordKeepsItsScript(t *testing.T) {
	script := []int{1, 1}
	var o model.Odometer
	o.Record(script)
	script[0] = 0
	if got := o.Choice().Int("n", 2); got != 1 {
		t.Errorf("got %d, want 1", got)
	}
}

// Turning the wheels allocates nothing once there are enough of them.
func TestOdometersAllocateNothing(t *testing.T) {
	var o model.Odometer
	values := []uint8{1, 2, 3}
	if got := testing.AllocsPerRun(100, func() {
		o.Reset()
		for more := true; more; more = o.Next() {
			c := o.Choice()
			c.Int("n", 4)
			c.Bool("b")
			model.Pick(c, "value", values)
			model.Member(c, "member", uint8(9))
		}
	}); got != 0 {
		t.Errorf("%g allocations", got)
	}
}

// valuesOf is arguments without the answers that might have been.
func valuesOf(list []model.Argument) []model.Argument {
	for i := range list {
		list[i].Among = nil
	}
	return list
}

// What is remembered of a call in any combination is what is recorded of it.
func TestRemember(t *testing.T) {
	do := func(c *model.Choice) bool {
		n := c.Int("n", 300)
		if n%100 != 7 {
			return n%100 == 8
		}
		m := model.Member(c, "m", uint8(0b10110))
		if c.Bool("b") {
			return model.Pick(c, "p", []string{"x", "y", "z"}[:m%4]) != "y"
		}
		return m != 1 || c.Int("void", 0) > 0 || true
	}
	others := func(c *model.Choice) bool { // the same places and names, other kinds of questions
		if model.Member(c, "n", uint16(0b11)) == 1 {
			return c.Bool("m")
		}
		return c.Int("m", 400) != model.Pick(c, "b", []int{1, 0}) || c.Int("p", 2) == c.Int("q", 2)
	}
	var o model.Odometer
	for _, do := range []func(*model.Choice) bool{do, others, do, do, others} { // each with what is left of the one before
		o.Reset()
		o.Remember()
		calls := 0
		for more := true; more; more = o.Next() {
			do(o.Choice())
			calls++
			var recorded model.Odometer
			recorded.Record(o.Answers(nil))
			do(recorded.Choice())
			if got, want := o.Arguments(), valuesOf(recorded.Arguments()); !reflect.DeepEqual(got, want) && !o.Void() {
				t.Fatalf("got %v, want %v", got, want)
			}
		}
		if calls < 310 {
			t.Errorf("%d calls", calls)
		}
		if o.Arguments() != nil {
			t.Errorf("after the last combination: %v", o.Arguments())
		}
	}
}

// A reason is noted where a refusal is explained, and not by a search. It has no cost there.
func TestReasons(t *testing.T) {
	ask := func(c *model.Choice) bool {
		return c.Guard("guarded", true) && c.Reason("for a reason", c.Int("n", 2) == 2)
	}
	for _, all := range []bool{false, true} {
		var guards model.Guards
		var o model.Odometer
		want := "guarded false "
		if o.Watch(&guards); all {
			o.WatchAll(&guards)
			want = "for a reason true " + want
		}
		o.Reset()
		for more := true; more; more = o.Next() {
			if ask(o.Choice()) {
				t.Error("it holds")
			}
		}
		got := ""
		for name, refused := range guards.All() {
			got += fmt.Sprint(name, " ", refused, " ")
		}
		if got != want {
			t.Errorf("noted were %q; want %q", got, want)
		}
	}
}

// Guards are told apart whatever their names, many of them and empty ones too.
func TestManyGuards(t *testing.T) {
	var guards model.Guards
	var o model.Odometer
	o.Watch(&guards)
	o.Reset()
	names := []string{""}
	for i := range 400 {
		names = append(names, fmt.Sprint("guard ", i))
	}
	for range 2 {
		for i, name := range names {
			o.Choice().Guard(name, i%3 != 0)
		}
	}
	refused := map[string]bool{}
	for name, is := range guards.All() {
		refused[name] = is
	}
	for i, name := range names {
		if is, known := refused[name]; !known || is != (i%3 == 0) || len(refused) != len(names) {
			t.Fatalf("%q: known %v, refused %v, of %d", name, known, is, len(refused))
		}
	}
}
