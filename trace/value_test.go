package trace_test

//lint:file-ignore U1000 types stand for states here; their fields are read by reflection

import (
	"math"
	"testing"
	"time"

	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

type (
	plain struct {
		A    int
		b    string
		_    int
		Memo int `muster:"-"`
	}
	unordered struct {
		Names []string `muster:"unordered"`
		Count int
	}
	pointed struct{ n int }
	awkward struct{ n *int } // its String panics on the zero value
	wordy   struct{ From, To int }
	mute    uint8
	outer   struct {
		phase Phase
		inner pointed
		next  *outer
	}
)

func (p *pointed) String() string { return "at " + string(rune('0'+p.n)) }
func (a awkward) String() string  { return string(rune(*a.n)) }
func (w wordy) String() string    { return "vote(from me, to you)" }
func (mute) String() string       { return "" }

func set[E comparable](elements ...E) model.Set[E] {
	var s model.Set[E]
	for _, e := range elements {
		s.Add(e)
	}
	return s
}

func bag[E comparable](elements ...E) model.Bag[E] {
	var b model.Bag[E]
	for _, e := range elements {
		b.Add(e)
	}
	return b
}

func TestValueAsText(t *testing.T) {
	var none *Node
	for _, c := range []struct {
		name string
		of   any
		want string
	}{
		{"nothing", nil, "nil"},
		{"bool", true, "true"},
		{"int", int8(-128), "-128"},
		{"largest uint", uint64(math.MaxUint64), "18446744073709551615"},
		{"string", "k1", "k1"},
		{"string of two words", "so long", "so long"},
		{"string of two words in a list", []string{"so long", "k1"}, `["so long" k1]`},
		{"empty string", "", `""`},
		{"string in lines", "a\nb", `"a\nb"`},
		{"string with a quote", `say "x"`, `"say \"x\""`},
		{"string ending in a space", "a ", `"a "`},
		{"string with a bracket in a list", []string{"a}"}, `["a}"]`},
		{"string that is not text", "a\xff", `a\xff`},
		{"other letters", "größer", "größer"},
		{"printable bytes", []byte("hello"), "hello"},
		{"other bytes", []byte{0, 255}, "0x00ff"},
		{"bytes that are not text", []byte{0xc4, 0xe2}, "0xc4e2"},
		{"no bytes", []byte(nil), `""`},
		{"array of bytes", [2]byte{65, 66}, "[65 66]"},
		{"slice", []int{3, 1, 2}, "[3 1 2]"},
		{"nil slice", []int(nil), "[]"},
		{"map by number", map[int]string{10: "ten", 9: "nine"}, "{9:nine 10:ten}"},
		{"map by text", map[string]bool{"b": true, "a": false}, "{a:false b:true}"},
		{"map by any text", map[string]int{"a b": 1, "": 2, "c": 3}, `{"":2 "a b":1 c:3}`},
		{"map by what the names stand for", map[Phase]int{Holding: 1, Idle: 2}, "{Idle:2 Holding:1}"},
		{"map by struct", map[Message]int{{To: 2}: 1, {To: 1}: 2}, "{{Kind:Granted To:1}:2 {Kind:Granted To:2}:1}"},
		{"map by array", map[[2]int]int{{1, 2}: 0, {1, 1}: 0}, "{[1 1]:0 [1 2]:0}"},
		{"map by bool", map[bool]int{true: 1, false: 0}, "{false:0 true:1}"},
		{"struct", plain{A: 1, b: "x", Memo: 5}, "{A:1 b:x}"},
		{"struct without fields", struct{}{}, "{}"},
		{"set", set(10, 9, 1), "[1 9 10]"},
		{"set by what the names stand for", set(Holding, Idle), "[Idle Holding]"},
		{"set of structs", set(Message{1, 0}, Message{0, 1}), "[{Kind:Granted To:1} {Kind:Refused To:0}]"},
		{"bag", bag("b", "a", "b"), "[a b b]"},
		{"unordered field", unordered{Names: []string{"b", "a"}}, "{Names:[a b] Count:0}"},
		{"pointer", &Node{Seen: 3}, "{Phase:Idle Seen:3}"},
		{"nil pointer", none, "nil"},
		{"pointers in a struct", outer{next: &outer{}}, "{phase:Idle inner:\"at 0\" next:{phase:Idle inner:\"at 0\" next:nil}}"},
		{"String", Reading, "Reading"},
		{"String of the standard library", 90 * time.Second, "1m30s"},
		{"String that panics", Phase(9), "9"},
		{"String that panics on a struct", []awkward{{}}, "[{n:nil}]"},
		{"String with spaces in brackets", []wordy{{}}, "[vote(from me, to you)]"},
		{"String that says nothing", mute(3), `""`},
		{"float", 1.5, "1.5"},
		{"interface", []any{1, "a", nil}, "[1 a nil]"},
		{"function", func() {}, "func()"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := trace.ValueOf(c.of).String(); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

type shy struct{ Phase } // its String method is that of the field

func TestStateWithStringIsTakenApart(t *testing.T) {
	if got := trace.ValueOf(&shy{Holding}).String(); got != "{Phase:Holding}" {
		t.Errorf("of its address: got %s", got)
	}
	if got := trace.ValueOf(shy{Holding}).String(); got != "Holding" {
		t.Errorf("of itself: got %s", got)
	}
}

func TestValueIsOfItsMoment(t *testing.T) {
	s := newLease()
	s.Log = []string{"before"}
	v := trace.ValueOf(s)
	want := v.String()
	s.Log[0], s.Holder, s.Nodes[1].Phase = "after", 0, Holding
	if got := v.String(); got != want {
		t.Errorf("the state changed, and with it the value: got %s, want %s", got, want)
	}
}

func TestEqual(t *testing.T) {
	values := []any{
		nil, true, false, 1, 2, "1", "", []int{1}, []int{1, 2}, []string{"1"}, [1]int{1},
		map[string]int{"a": 1}, map[string]int{"b": 1}, struct{ a int }{2}, Idle, Phase(1), set(3),
	}
	same := map[[2]int]bool{{7, 10}: true} // both are [1]
	for i, a := range values {
		for j, b := range values {
			want := i == j || same[[2]int{i, j}] || same[[2]int{j, i}]
			if got := trace.ValueOf(a).Equal(trace.ValueOf(b)); got != want {
				t.Errorf("%#v and %#v: got %v, want %v", a, b, got, want)
			}
		}
	}
}

func TestEqualLooksBehindTexts(t *testing.T) {
	if trace.ValueOf(mute(1)).Equal(trace.ValueOf(mute(2))) {
		t.Error("values whose String hides the difference are equal")
	}
}
