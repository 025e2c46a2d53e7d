package expression

import (
	"strings"
	"testing"

	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

type phase uint8

func (p phase) String() string { return [...]string{"Idle", "Holding"}[p] }

type machine struct {
	Phase phase
	Seen  int
	Up    bool
}

type state struct {
	Holder phase
	Nodes  [3]machine
	Sent   model.Set[string]
	Rates  map[string]uint64
	Note   string
	Odd    []int
	Next   *int
}

func sample() trace.Value {
	s := state{Holder: 1, Note: "to ann", Rates: map[string]uint64{"eu-west": 1 << 63, "us]": 2}}
	s.Nodes[1] = machine{Phase: 1, Seen: 12, Up: true}
	s.Nodes[2] = machine{Seen: 3}
	s.Sent.Add("a")
	s.Sent.Add("b")
	return trace.ValueOf(&s)
}

func TestWhatIsTrue(t *testing.T) {
	for text, want := range map[string]bool{
		"Holder == Holding": true,
		"Holder == 1":       true,
		"Holder == 01":      true,
		"Holder != Idle":    true,
		"Holder > 0":        true,
		"Nodes[1].Phase == Holding && Nodes[1].Seen == 12":   true,
		"Nodes[*].Phase == Holding && Holder == 2":           false,
		"Nodes[*].Seen > 3":                                  true,
		"Nodes[*].Seen > 12":                                 false,
		"Nodes[0].Seen < Nodes[*].Seen":                      true,
		"Nodes[1].Seen < Nodes[2].Seen":                      false, // 12 and 3 are numbers
		"Nodes[*].Up":                                        true,
		"Nodes[0].Up":                                        false,
		"!(Nodes[*].Up == false)":                            false,
		"!Nodes[0].Up && (Nodes[1].Up || Holder == 0)":       true,
		"Nodes[3].Seen == 0":                                 false, // there is no such element
		"Nodes[3].Seen != 0":                                 false,
		"!(Nodes[3].Seen == 0)":                              true,
		`Sent[*] == "b"`:                                     true,
		"Sent[*] == c":                                       false,
		`Sent == "[a b]"`:                                    true,
		`Rates["eu-west"] == 9223372036854775808`:            true,
		`Rates["us]"] < Rates[eu-west]`:                      true,
		`Rates[*] >= 9223372036854775808`:                    true,
		`Note == "to ann"`:                                   true,
		`Note < "to bob" && Note > "to"`:                     true,
		`"to ann" == Note`:                                   true,
		"Next == nil":                                        true,
		"Odd == \"[]\"":                                      true,
		"Odd[*] == 1":                                        false,
		"Holder == Holding || Holder == Idle && Nodes[0].Up": true, // && binds tighter
		"true && !false":                                     true,
	} {
		e, err := Parse(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if got := e.Holds(sample()); got != want {
			t.Errorf("%s: got %v", text, got)
		}
		if err := e.Check(sample()); err != nil {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func TestStateWithoutFields(t *testing.T) {
	e, err := Parse("State > 3 && State != 5")
	if err != nil {
		t.Fatal(err)
	}
	for n, want := range map[int]bool{3: false, 4: true, 5: false} {
		if got := e.Holds(trace.ValueOf(n)); got != want || e.Check(trace.ValueOf(n)) != nil {
			t.Errorf("%d: got %v, %v", n, got, e.Check(trace.ValueOf(n)))
		}
	}
}

func TestWhatIsWrong(t *testing.T) {
	for text, want := range map[string]string{
		"":                        "letter 1: want a path, a number or a text, got the end",
		"Holder =":                `letter 8: want &&, || or the end, got "="`,
		"Holder ==":               "letter 10: want a path, a number or a text, got the end",
		"(Holder == 1":            "letter 13: want ), got the end",
		"Holder == 1)":            `letter 12: want &&, || or the end, got ")"`,
		"Nodes[":                  "letter 7: want a place, a key or *, got the end",
		"Nodes[1":                 "letter 8: want ], got the end",
		"Nodes.":                  "letter 7: want the name of a field, got the end",
		"12":                      "letter 3: want a comparison, such as ==, got the end",
		`"`:                       `letter 1: want a path, a number or a text, got "\""`,
		"ä && && b":               `letter 6: want a path, a number or a text, got "&&"`,
		strings.Repeat("!", 200):  "the expression is nested more than 100 deep",
		strings.Repeat("a", 5000): "the expression has 5000 bytes; at most 4096 are read",
	} {
		if _, err := Parse(text); err == nil || err.Error() != want {
			t.Errorf("%.20s: got %v; want %s", text, err, want)
		}
	}
}

func TestNamesThatThereAreNot(t *testing.T) {
	const fields = "; there are Holder, Nodes, Sent, Rates, Note, Odd, Next"
	for text, want := range map[string]string{
		"Holdr == Holding":         `there is no field "Holdr" here` + fields,
		"Up":                       `there is no field "Up" here` + fields,
		"Nodes[*].Phas == Holding": `there is no field "Phas" here; there are Phase, Seen, Up`,
		"Holder.X == 1":            `there is no field "X" here`,
		"Note == Nodez[1].Up":      `there is no field "Nodez" here` + fields,
	} {
		e, err := Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		if err := e.Check(sample()); err == nil || err.Error() != want {
			t.Errorf("%s: got %v; want %s", text, err, want)
		}
	}
}

// Any text is read or refused, and what is read can be asked of any state.
func FuzzParse(f *testing.F) {
	for _, text := range []string{"Holder == 1", `!(a[*]["b"].c <= -1) || d`, "((", `"\xff`, "State", "a.b[*"} {
		f.Add(text)
	}
	s := sample()
	f.Fuzz(func(t *testing.T, text string) {
		e, err := Parse(text)
		if err != nil {
			return
		}
		_ = e.Check(s)
		if e.String() != text {
			t.Errorf("%q is read as %s", text, e)
		}
		again, err := Parse("!(" + text + ")")
		if err != nil {
			if !strings.Contains(err.Error(), "nested") && !strings.Contains(err.Error(), "bytes") {
				t.Fatal(err)
			}
			return
		}
		if again.Holds(s) == e.Holds(s) {
			t.Errorf("%q is as true as its opposite", text)
		}
	})
}
