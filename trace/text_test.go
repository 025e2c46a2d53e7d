package trace_test

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/muster-mc/muster/trace"
)

func textOf(t *testing.T, tr *trace.Trace, o trace.TextOptions) string {
	t.Helper()
	var b strings.Builder
	if err := tr.Text(&b, o); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// expect compares text with the expected one, which starts with a line break for
// readability.
func expect(t *testing.T, got, want string) {
	t.Helper()
	if want := strings.TrimPrefix(want, "\n"); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

func TestText(t *testing.T) {
	expect(t, leaseTrace().String(), `
  1  Init               Holder: nobody   Nodes: [{Phase:Idle} {Phase:Idle}]
  2  Read(node=0)       Nodes[0].Phase: Idle -> Reading
  3  Read(node=1)       Nodes[1].Phase: Idle -> Reading
  4  Acquire(node=0)    Holder: nobody -> 0   Epoch: 0 -> 1   Nodes[0].Phase: Reading -> Holding
                        Sent: + {Kind:Granted To:0}
  5  Lose(node=0)       Sent: - {Kind:Granted To:0}
  6  Wait(node=1)       (no change)
  7  Acquire(node=1)    Holder: 0 -> 1   Epoch: 1 -> 2   Nodes[1].Phase: Reading -> Holding
                        Sent: + {Kind:Granted To:1}
`)
}

func TestTextNarrow(t *testing.T) {
	short := leaseTrace()
	short.Steps = short.Steps[:4]
	expect(t, textOf(t, short, trace.TextOptions{Width: 50}), `
  1  Init               Holder: nobody
                        Nodes: [{Phase:Idle} {Phase:Idle}]
  2  Read(node=0)       Nodes[0].Phase: Idle -> Reading
  3  Read(node=1)       Nodes[1].Phase: Idle -> Reading
  4  Acquire(node=0)    Holder: nobody -> 0
                        Epoch: 0 -> 1
                        Nodes[0].Phase: Reading -> Holding
                        Sent: + {Kind:Granted To:0}
`)
}

func TestTextFull(t *testing.T) {
	tr := leaseTrace()
	tr.Steps = tr.Steps[:2]
	expect(t, textOf(t, tr, trace.TextOptions{Full: true, Width: 50}), `
  1  Init            Holder: nobody
                     Nodes: [{Phase:Idle} {Phase:Idle}]
       Holder  nobody
       Epoch   0
       Nodes   [{Phase:Idle Seen:0}
                {Phase:Idle Seen:0}]
       Sent    []
       Log     []
       votes   {}
  2  Read(node=0)    Nodes[0].Phase: Idle -> Reading
       Holder  nobody
       Epoch   0
       Nodes   [{Phase:Reading Seen:0}
                {Phase:Idle Seen:0}]
       Sent    []
       Log     []
       votes   {}
`)
}

func TestTextFullOfOtherStates(t *testing.T) {
	for _, c := range []struct {
		name string
		of   any
		want string
	}{
		{"a number", ptr(7), "       7\n"},
		{"a list", &[]string{"a list that", "is not short"}, "       [\"a list that\"\n        \"is not short\"]\n"},
		{"a map", &map[string]int{"a b": 1, "": 2}, "       \"\"     2\n       \"a b\"  1\n"},
		{
			"a long name", ptr(struct{ Short, ANameThatIsAllTooLongToBeAligned int }{}),
			"       Short  0\n       ANameThatIsAllTooLongToBeAligned 0\n",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			var tr trace.Trace
			tr.Append("Init", nil, trace.ValueOf(c.of))
			_, after, _ := strings.Cut(textOf(t, &tr, trace.TextOptions{Full: true, Width: 34}), "\n       ")
			if got := "       " + after; got != c.want {
				t.Errorf("got:\n%swant:\n%s", got, c.want)
			}
		})
	}
}

func TestTextInColor(t *testing.T) {
	tr := leaseTrace()
	tr.Steps = tr.Steps[:2]
	got := textOf(t, tr, trace.TextOptions{Color: true})
	expect(t, strings.ReplaceAll(got, "\x1b", "^"), `
  1  ^[1mInit^[0m            Holder: nobody   Nodes: [{Phase:Idle} {Phase:Idle}]
  2  ^[1mRead(node=0)^[0m    Nodes[0].Phase: ^[31mIdle^[0m^[2m -> ^[0m^[32mReading^[0m
`)
}

// Colours do not influence the layout, at any width.
func TestColorsTakeNoRoom(t *testing.T) {
	for width := range 120 {
		o := trace.TextOptions{Full: true, Width: width}
		plain := textOf(t, leaseTrace(), o)
		o.Color = true
		if got := withoutEscapes(textOf(t, leaseTrace(), o)); got != plain {
			t.Fatalf("width %d: got:\n%s\nwant:\n%s", width, got, plain)
		}
	}
}

func withoutEscapes(s string) string {
	for {
		before, rest, found := strings.Cut(s, "\x1b[")
		if !found {
			return s
		}
		_, after, _ := strings.Cut(rest, "m")
		s = before + after
	}
}

// A line exceeds the width only if it has a single change, which is not broken.
func TestChangesAreNotBroken(t *testing.T) {
	tr := leaseTrace()
	for width := 1; width < 120; width++ {
		text := textOf(t, tr, trace.TextOptions{Width: width})
		for _, s := range tr.Steps[1:] {
			for _, c := range s.Changes {
				if !strings.Contains(text, c.String()) {
					t.Fatalf("width %d breaks %s:\n%s", width, c, text)
				}
			}
		}
		for line := range strings.Lines(text) {
			line = strings.TrimRight(line, "\n")
			if utf8.RuneCountInString(line) > width && strings.Count(line, ": ") > 1 {
				t.Fatalf("width %d is exceeded by several changes:\n%s", width, line)
			}
			if strings.TrimRight(line, " ") != line {
				t.Fatalf("width %d: a line ends in a space: %q", width, line)
			}
		}
	}
}

func TestTextOfLongLabel(t *testing.T) {
	var tr trace.Trace
	tr.Append("Init", nil, trace.ValueOf(&Node{}))
	long := struct{ From, To, Because string }{"the first", "the second", "of it"}
	tr.Append("Deliver", trace.ArgumentsOf(asked("message", long)), trace.ValueOf(&Node{Seen: 1}))
	tr.Append("Read", nil, trace.ValueOf(&Node{Seen: 2}))
	expect(t, tr.String(), `
  1  Init    Phase: Idle
  2  Deliver(message={From:"the first" To:"the second" Because:"of it"})
             Seen: 0 -> 1
  3  Read    Seen: 1 -> 2
`)
}

func TestTextCountsLettersNotBytes(t *testing.T) {
	var tr trace.Trace
	tr.Append("Größe", nil, trace.ValueOf(1))
	tr.Append("Read", nil, trace.ValueOf(2))
	expect(t, tr.String(), `
  1  Größe    1
  2  Read     1 -> 2
`)
}

func TestTextNumbersAreAligned(t *testing.T) {
	var tr trace.Trace
	for i := range 10 {
		tr.Append("Tick", nil, trace.ValueOf(i))
	}
	text := tr.String()
	if !strings.HasPrefix(text, "   1  Tick    (all zero)\n   2  Tick    0 -> 1\n") || !strings.HasSuffix(text, "\n  10  Tick    8 -> 9\n") {
		t.Errorf("got:\n%s", text)
	}
}

// members has the text {} if it is empty, which is not a name and not informative.
type members uint8

func (m members) String() string { return "{" + strings.Repeat("x", int(m)) + "}" }

func TestTextOfTheStart(t *testing.T) {
	type slots struct {
		Clock int
		Slots [12]Phase
	}
	type named struct {
		Phase  Phase
		Leader *Node
		Owner  Owner // the text of zero is 0, which is not a name
		Seen   members
		Name   string
	}
	type nested struct {
		Phase  Phase
		Caches [3]Phase
		Seen   [3]members
	}
	var crowd struct{ Nodes [4]nested }
	crowd.Nodes[2] = nested{Phase: Holding, Caches: [3]Phase{Idle, Reading}, Seen: [3]members{1}}
	for _, c := range []struct {
		name string
		of   any
		want string
	}{
		{"zero", &pointed{}, "(all zero)"},
		{"zero with a name", &named{}, "Phase: Idle"},
		{"a pointer to zero", &named{Leader: &Node{}}, "Phase: Idle   Leader: {Phase:Idle}"},
		{"a String that is no name but not zero", &named{Owner: 1, Seen: 2}, "Phase: Idle   Owner: 1   Seen: {xx}"},
		{"all the same", &slots{}, "Slots: all Idle"},
		{"a number", &slots{Clock: 2}, "Clock: 2   Slots: all Idle"},
		{"two of the same", &[2]Phase{}, "[Idle Idle]"},
		{"a zero that is there", ptr(struct{ Log []int }{[]int{0}}), "Log: [0]"},
		{"a text of two words", &named{Name: "so long"}, "Phase: Idle   Name: so long"},
		{
			"no more of a field than speaks", &Lease{votes: map[string]int{"a": 0}},
			"Nodes: [{Phase:Idle} {Phase:Idle}]   votes: {a:0}",
		},
		{"all the same below", &nested{}, "Phase: Idle   Caches: all Idle"},
		{"all the same in an element", &[2]nested{}, "[{Phase:Idle Caches:[Idle ...]} {Phase:Idle Caches:[Idle ...]}]"},
		{
			"a long field in parts", &crowd,
			"Nodes[0]: {Phase:Idle Caches:[Idle ...]}   Nodes[1]: {Phase:Idle Caches:[Idle ...]}\n" + `
             Nodes[2]: {Phase:Holding Caches:[Idle Reading Idle] Seen:[{x} {} {}]}
             Nodes[3]: {Phase:Idle Caches:[Idle ...]}`[1:],
		},
		{
			"a long set in elements",
			ptr(set("this is quite a long one for a set", "this is as well, it seems", "")),
			`""   this is as well, it seems   this is quite a long one for a set`,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			var tr trace.Trace
			tr.Append("Init", nil, trace.ValueOf(c.of))
			if got, want := tr.String(), "  1  Init    "+c.want+"\n"; got != want {
				t.Errorf("got:\n%swant:\n%s", got, want)
			}
		})
	}
}

// The changes of a trace that was not made by Append are computed on demand.
func TestTextWorksOutChanges(t *testing.T) {
	tr := leaseTrace()
	want := tr.String()
	for i := range tr.Steps {
		tr.Steps[i].Changes = nil
	}
	expect(t, tr.String(), want)
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errors.New("disk full") }

func TestTextReportsTheWriter(t *testing.T) {
	if err := leaseTrace().Text(broken{}, trace.TextOptions{}); err == nil || err.Error() != "disk full" {
		t.Errorf("got %v, want disk full", err)
	}
}

func TestAppend(t *testing.T) {
	tr := leaseTrace()
	if tr.Length != 7 || len(tr.Steps) != 7 {
		t.Errorf("got length %d of %d steps, want 7", tr.Length, len(tr.Steps))
	}
	if got := tr.Steps[5].Changes; got == nil || len(got) != 0 {
		t.Errorf("a step without effect has changes %#v, want none, not nil", got)
	}
}
