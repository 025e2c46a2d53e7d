package trace_test

import (
	"encoding/json"
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
       Nodes   Phase  Seen
         [0]   Idle   0
         [1]   {Phase:Idle}
       Sent    []
       Log     []
       votes   {}
  2  Read(node=0)    Nodes[0].Phase: Idle -> Reading
       Holder  nobody
       Epoch   0
       Nodes   Phase    Seen
         [0]   Reading  0
         [1]   {Phase:Idle}
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

// crew is a state with an array that is larger than any run of it needs.
type crew struct {
	Round uint8
	Nodes [5]sailor
}

type sailor struct {
	Phase Phase
	Term  int
	Peers [2]Node
}

func crewTrace(steps ...func(*crew)) *trace.Trace {
	var tr trace.Trace
	var s crew
	tr.Append("Init", nil, trace.ValueOf(&s))
	for _, step := range steps {
		step(&s)
		tr.Append("Go", nil, trace.ValueOf(&s))
	}
	return &tr
}

// Two or more changes of one element stand together, without its name before each.
func TestChangesOfOneElementStandTogether(t *testing.T) {
	expect(t, crewTrace(
		func(s *crew) { s.Nodes[1] = sailor{Phase: Reading, Term: 1}; s.Round = 1; s.Nodes[2].Term = 3 },
		func(s *crew) { s.Nodes[1].Peers[0] = Node{Holding, 2}; s.Nodes[4] = s.Nodes[1] },
	).String(), `
  1  Init    Nodes: all {Phase:Idle Peers:[{Phase:Idle} {Phase:Idle}]}
  2  Go      Round: 0 -> 1
             Nodes[1]  Phase Idle -> Reading   Term 0 -> 1
             Nodes[2].Term: 0 -> 3
  3  Go      Nodes[1]  Peers[0].Phase Idle -> Holding   Peers[0].Seen 0 -> 2
             Nodes[4]  Phase Idle -> Reading   Term 0 -> 1   Peers[0].Phase Idle -> Holding
                       Peers[0].Seen 0 -> 2
`)
}

// A key may look like the end of an index.
func TestElementsOfOddKeys(t *testing.T) {
	type pair struct{ A, B int }
	var tr trace.Trace
	for i := range 2 {
		tr.Append("Go", nil, trace.ValueOf(&struct {
			M map[string]pair
			N map[[2]int]pair
		}{map[string]pair{`a].b["`: {i, i}}, map[[2]int]pair{{1, 2}: {i, i}}}))
	}
	expect(t, strings.Split(tr.String(), "\n  2")[1], `
  Go    M["a].b[\""]  A 0 -> 1   B 0 -> 1
           N[[1 2]]  A 0 -> 1   B 0 -> 1
`)
}

// Elements to which nothing happens in the whole run are shown shortly, several that
// are equal as one: nothing tells an unused slot from a node that only rests.
func TestIdleElements(t *testing.T) {
	full := textOf(t, crewTrace(func(s *crew) { s.Nodes[2].Term = 7 }), trace.TextOptions{Full: true})
	expect(t, strings.Split(full, "\n  2")[1], `
  Go      Nodes[2].Term: 0 -> 7
       Round     0
       Nodes     Phase  Term  Peers
         [0..1]  all {Phase:Idle Peers:[{Phase:Idle} {Phase:Idle}]}
         [2]     Idle   7     [{Phase:Idle} {Phase:Idle}]
         [3..4]  all {Phase:Idle Peers:[{Phase:Idle} {Phase:Idle}]}
`)
}

// A table that is too wide has a column for each element; if that is too wide as
// well, it is a list.
func TestTablesFitThePage(t *testing.T) {
	tr := crewTrace(func(s *crew) { s.Nodes[0] = sailor{Phase: Holding, Term: 12345678} })
	for _, c := range []struct {
		width int
		want  string
	}{
		{64, `
       Nodes     Phase    Term      Peers
         [0]     Holding  12345678  [{Phase:Idle} {Phase:Idle}]
`},
		{52, `
       Nodes     [0]
         Phase   Holding
         Term    12345678
         Peers   [{Phase:Idle} {Phase:Idle}]
`},
		{30, `
       Nodes
         [0]     {Phase:Holding
                  Term:12345678
`},
	} {
		full := textOf(t, tr, trace.TextOptions{Full: true, Width: c.width})
		if last := full[strings.LastIndex(full, "Round"):]; !strings.Contains(last, c.want) {
			t.Errorf("width %d: no %s in\n%s", c.width, c.want, last)
		}
	}
}

// A fault is marked, in every form.
func TestFaultsAreMarked(t *testing.T) {
	var tr trace.Trace
	tr.Append("Init", nil, trace.ValueOf(ptr(0)))
	tr.AppendFault("skew", "Drift", nil, trace.ValueOf(ptr(1)))
	expect(t, tr.String(), `
  1  Init                   (all zero)
  2  Drift [fault: skew]    0 -> 1
`)
	js, err := json.Marshal(&tr)
	if err != nil || !strings.Contains(string(js), `"fault":"skew"`) {
		t.Errorf("got %s, %v", js, err)
	}
	back, _, err := trace.ReadITF(strings.NewReader(itfOf(t, &tr, nil)))
	if err != nil || back.String() != tr.String() {
		t.Errorf("ITF: got %s, %v", back, err)
	}
	if got := mermaidOf(t, &tr); !strings.Contains(got, "2. Drift [fault: skew]") {
		t.Errorf("got %s", got)
	}
	if got := htmlOf(t, &tr, trace.HTMLOptions{}); strings.Count(got, "fault: skew</span>") != 2 {
		t.Errorf("got %s", got)
	}
}

// Colours take no room: without them the text is the same, at any width.
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
			"Nodes[0..1]: all {Phase:Idle Caches:[Idle ...]}\n" + `
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
