package conform

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/muster-mc/muster/internal/number"
	"github.com/muster-mc/muster/model"
)

// post is a model of two nodes and letters between them. The first node writes letters, the
// second reads and counts them. A letter can be lost.
type post struct {
	Written, Read uint8
	Way           []uint8 `muster:"unordered"`
}

func newPost() *model.Model[post] {
	return &model.Model[post]{
		Name: "post",
		Actions: []model.Action[post]{
			{Name: "Write", Do: func(s *post, _ *model.Choice) bool {
				s.Written++
				s.Way = append(s.Way, s.Written)
				return true
			}},
			{Name: "Read", Do: func(s *post, c *model.Choice) bool {
				letter := model.Pick(c, "letter", s.Way)
				if !c.Guard("the first letter is no bill", letter != 1 || s.Read > 0) || letter == 0 {
					return false
				}
				s.Way = slices.DeleteFunc(s.Way, func(l uint8) bool { return l == letter })
				s.Read++
				return true
			}},
			{Name: "Lose", Fault: "loss", Do: func(s *post, c *model.Choice) bool {
				letter := model.Pick(c, "lost", s.Way)
				s.Way = slices.DeleteFunc(s.Way, func(l uint8) bool { return l == letter })
				return true
			}},
		},
		Properties: []model.Property[post]{
			model.Always("FewAreRead", func(s *post) bool { return s.Read < 3 }),
		},
		AllowDeadlock: true,
	}
}

func newPostLog() Log[post] {
	return Log[post]{
		Model: newPost(),
		Records: map[string]Record[post]{
			"write": {Action: "Write"},
			"read": {Action: "Read", Args: Args{"letter": Field("letter")}, After: func(s *post, r Fields) Mismatch {
				return Equal("read", s.Read, r.Int("read"))
			}},
			"lost":  {After: func(s *post, _ Fields) Mismatch { return Equal("on the way", len(s.Way), 0) }},
			"full":  {After: func(s *post, _ Fields) Mismatch { return Equal("on the way", len(s.Way), 3) }},
			"hello": {},
		},
	}
}

// judged checks a log of lines.
func judged(t *testing.T, l Log[post], o Options, files ...string) *Report {
	t.Helper()
	r, err := Check(t.Context(), l, texts(files...), o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func texts(files ...string) (logs []Input) {
	for i, text := range files {
		logs = append(logs, Input{string(rune('a'+i)) + ".ndjson", []byte(strings.ReplaceAll(text, "'", `"`))})
	}
	return logs
}

func textOfReport(t *testing.T, r *Report) string {
	t.Helper()
	var text strings.Builder
	if err := r.WriteText(&text); err != nil {
		t.Fatal(err)
	}
	return text.String()
}

const (
	write  = "{'msg': 'write'}\n"
	hello  = "{'msg': 'hello'}\n"
	lost   = "{'msg': 'lost'}\n"
	read21 = "{'msg': 'read', 'letter': 2, 'read': 1}\n"
	read12 = "{'msg': 'read', 'letter': 1, 'read': 2}\n"
	read33 = "{'msg': 'read', 'letter': '3', 'read': '3'}\n" // numbers are often texts
)

// The report says for each kind of reason what it is.
func TestReasons(t *testing.T) {
	for _, c := range []struct{ name, log, want string }{
		{"a guard", write + "{'msg': 'read', 'letter': 1, 'read': 1}\n", `Read(letter=1) is not enabled: the guard "the first letter is no bill" refused`},
		{"no such answer", write + write + "{'msg': 'read', 'letter': 7, 'read': 1}\n", "Read: no letter is as the record says; there is 1, 2\n"},
		{"nothing to choose from", hello + read21, "Read is not enabled: there is no letter to choose\n"},
		{"another observation", write + write + "{'msg': 'read', 'letter': 2, 'read': 5}\n",
			"Read(letter=2) is possible, but leads elsewhere\n    read: the model has 1, the log 5\n"},
		{"no step, and another state", write + lost, "the state differs from the record\n    on the way: the model has 1, the log 0\n"},
		{"a record that comes late", lost + write + write + read21 + hello + lost, "it was possible 4 records earlier\n"},
	} {
		r := judged(t, newPostLog(), Options{}, c.log)
		if text := textOfReport(t, r); r.Verdict != Rejected || !strings.Contains(text, c.want) {
			t.Errorf("%s: want %q in\n%s", c.name, c.want, text)
		}
	}
}

// Of choices that a record leaves open, the report says how many were refused.
func TestRefusedForAllChoices(t *testing.T) {
	l := newPostLog()
	l.Records["read"] = Record[post]{Action: "Read"}
	l.Model.Actions[1].Do = func(s *post, c *model.Choice) bool {
		return c.Int("a", 2)+c.Int("b", 3) > 9 && c.Guard("never", false) || c.Guard("small", false)
	}
	text := textOfReport(t, judged(t, l, Options{}, read21))
	if want := `Read is not enabled: refused for all 6 choices of a, b: the guard "small" refused 6 choices`; !strings.Contains(text, want) {
		t.Errorf("want %q in\n%s", want, text)
	}
}

// Steps that leave no record are found, the fewest first; a bound that is reached leaves the
// question open, and no bound decides it.
func TestHiddenSteps(t *testing.T) {
	l := newPostLog()
	log := write + write + write + "{'msg': 'full'}\n" + lost
	if r := judged(t, l, Options{}, log); r.Verdict != Rejected || r.Matched != 4 {
		t.Errorf("without hidden steps: %s after %d", r.Verdict, r.Matched)
	}
	for most, want := range map[int]Verdict{1: Incomplete, 2: Incomplete, 3: Accepted, Any: Accepted} {
		l.Hidden = Hidden{"Lose": most}
		for _, all := range []bool{false, true} {
			r := judged(t, l, Options{All: all}, log)
			if r.Verdict != want {
				t.Errorf("with %d: %s, want %s", most, r.Verdict, want)
			}
			if want == Accepted && r.Run.Length() != 7 {
				t.Errorf("with %d the run has %d states, want 7", most, r.Run.Length())
			}
			if want == Incomplete && !strings.Contains(r.Reason, fmt.Sprintf("at most %s between two records", number.Count(most, "Lose step"))) {
				t.Errorf("with %d: %s", most, r.Reason)
			}
		}
	}
	l.Hidden = Hidden{"Lose": Any}
	if r := judged(t, l, Options{}, log+read21); r.Verdict != Rejected || r.Matched != 5 {
		t.Errorf("with any number: %s after %d", r.Verdict, r.Matched)
	}
}

// A bound that no state comes up against decides.
func TestABoundThatIsNotReached(t *testing.T) {
	l := newPostLog()
	l.Hidden = Hidden{"Lose": 2}
	if r := judged(t, l, Options{}, write+write+read12); r.Verdict != Rejected {
		t.Errorf("%s: %s", r.Verdict, r.Reason)
	}
}

// The files of two nodes are brought into an order that the model allows.
func TestSeveralFiles(t *testing.T) {
	l := newPostLog()
	writer, reader := write+hello+write+write, read21+read12
	for _, independent := range []bool{false, true} {
		l.Independent = independent
		r := judged(t, l, Options{}, reader, writer)
		if r.Verdict != Accepted {
			t.Errorf("independent %v:\n%s", independent, textOfReport(t, r))
		}
		r = judged(t, l, Options{}, reader+read21, writer)
		if r.Verdict != Rejected || r.Matched != 6 || r.Logs[0].Matched != 2 || r.Logs[1].Matched != 4 {
			t.Errorf("independent %v:\n%s", independent, textOfReport(t, r))
		}
		if got, want := r.Candidates[0].Why[0].Record.String(), "a.ndjson:3"; got != want {
			t.Errorf("the record is %s, want %s", got, want)
		}
	}
}

// One order is tried where files are independent, and all orders otherwise.
func TestIndependentFilesTakeFewerStates(t *testing.T) {
	l := newPostLog()
	long := strings.Repeat(hello, 30)
	wrong := long + lost + read21
	if r := judged(t, l, Options{}, long, wrong); r.States != 31*32 || r.Matched != 61 {
		t.Errorf("%d states, %d matched", r.States, r.Matched)
	}
	l.Independent = true
	if r := judged(t, l, Options{}, long, wrong); r.States != 62 || r.Matched != 61 {
		t.Errorf("independent: %d states, %d matched", r.States, r.Matched)
	}
}

// A claim of independence that is not true is found out.
func TestFilesThatAreNotIndependent(t *testing.T) {
	l := newPostLog()
	l.Independent = true
	_, err := Check(t.Context(), l, texts(write, lost), Options{})
	if want := "Independent is not true of this log: the records a.ndjson:1 write and b.ndjson:1 lost are both possible, and their order matters"; err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("got %v, want %s", err, want)
	}
}

// Clocks order the files, as far as they can be trusted.
func TestClocks(t *testing.T) {
	l := newPostLog()
	l.Clock = "at"
	at := func(kind string, times ...string) (log string) {
		for _, time := range times {
			log += fmt.Sprintf("{'msg': '%s', 'at': %s}\n", kind, time)
		}
		return log
	}
	for _, c := range []struct {
		name        string
		skew        float64
		first, next string
		want        Verdict
	}{
		{"in order", 0, at("write", "2.5", "3"), at("lost", "1", "2"), Accepted},
		{"out of order", 0, at("write", "2.5"), at("lost", "1", "2.6"), Rejected},
		{"at one time", 0, at("write", "2"), at("lost", "2"), Accepted},
		{"out of order, within the skew", 0.2, at("write", "2.5"), at("lost", "1", "2.6"), Accepted},
		{"out of order, beyond the skew", 0.2, at("write", "2.5"), at("lost", "1", "2.8"), Rejected},
	} {
		l.Skew = c.skew
		if r := judged(t, l, Options{}, c.first, c.next); r.Verdict != c.want {
			t.Errorf("%s: %s, want %s", c.name, r.Verdict, c.want)
		}
	}
}

// A run that matches can still violate a property. One that does not match is not judged.
func TestViolations(t *testing.T) {
	log := write + write + write + read21 + read12 + read33
	r := judged(t, newPostLog(), Options{}, log)
	if r.Verdict != Accepted || len(r.Violations) != 1 || r.Violations[0].Step != 7 || r.Violations[0].After.Line != 6 {
		t.Errorf("got %+v", r.Violations)
	}
	if text := textOfReport(t, r); !strings.Contains(text, "violated: FewAreRead, after a.ndjson:6 read, state 7 of the run\n") {
		t.Error(text)
	}
	if r := judged(t, newPostLog(), Options{}, log+read33); r.Verdict != Rejected || r.Violations != nil {
		t.Errorf("%s, %v", r.Verdict, r.Violations)
	}
}

// Limits and cancellation end a check, and it says so.
func TestLimits(t *testing.T) {
	log := strings.Repeat(write, 100)
	r := judged(t, newPostLog(), Options{MaxStates: 10}, log)
	if r.Verdict != Incomplete || r.Reason != "the limit of 10 states was reached" || len(r.Candidates) != 1 || r.Candidates[0].Why != nil {
		t.Errorf("%s: %s, %+v", r.Verdict, r.Reason, r.Candidates)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	r, err := Check(ctx, newPostLog(), texts(log), Options{})
	if err != nil || r.Verdict != Incomplete || r.Reason != "it was interrupted" {
		t.Errorf("%v, %+v", err, r)
	}
	r = judged(t, newPostLog(), Options{Timeout: time.Nanosecond}, log)
	if r.Verdict != Incomplete || r.Reason != "the time was over" {
		t.Errorf("%s: %s", r.Verdict, r.Reason)
	}
}

// Mistakes in a Log are errors that say what is wrong.
func TestBindingErrors(t *testing.T) {
	never := func(Fields) bool { return false }
	for want, change := range map[string]func(*Log[post]){
		"the model is nil":  func(l *Log[post]) { l.Model = nil },
		"it has no Records": func(l *Log[post]) { l.Records = nil },
		`stands for the action "Writes", and the model has no such action; there are Write, Read, Lose`: func(l *Log[post]) { l.Records["write"] = Record[post]{Action: "Writes"} },
		`Hidden has the action "Loose"`:    func(l *Log[post]) { l.Hidden = Hidden{"Loose": 1} },
		"Hidden has Lose at most -2 times": func(l *Log[post]) { l.Hidden = Hidden{"Lose": -2} },
		"has Args or Then, and no Action":  func(l *Log[post]) { l.Records["hello"] = Record[post]{Args: Args{"a": Field("a")}} },
		"has Either and other fields":      func(l *Log[post]) { l.Records["hello"] = Record[post]{When: never, Either: []Record[post]{{}}} },
		"has a nil argument letter":        func(l *Log[post]) { l.Records["read"] = Record[post]{Action: "Read", Args: Args{"letter": nil}} },
		"Skew is a number above zero":      func(l *Log[post]) { l.Skew = 1 },
		`the record "write" gives the argument who, for which Write never asked`: func(l *Log[post]) {
			l.Records["write"] = Record[post]{Action: "Write", Args: Args{"who": Field("msg")}}
		},
		"a.ndjson:2: the record has no field letters": func(l *Log[post]) {
			l.Records["read"] = Record[post]{Action: "Read", Args: Args{"letter": Field("letters")}}
		},
		"a.ndjson:1: the record hello has no meaning": func(l *Log[post]) { l.Records["hello"] = Record[post]{When: never} },
		`the field msg is "read": want a whole number`: func(l *Log[post]) {
			l.Records["read"] = Record[post]{After: func(_ *post, r Fields) Mismatch { return Equal("x", 1, r.Int("msg")) }}
		},
		`the field msg is "read": want true or false`: func(l *Log[post]) {
			l.Records["read"] = Record[post]{After: func(_ *post, r Fields) Mismatch { r.Bool("msg"); return nil }}
		},
		`the field msg is "read": want a list`: func(l *Log[post]) {
			l.Records["read"] = Record[post]{After: func(_ *post, r Fields) Mismatch { r.Strings("msg"); return nil }}
		},
		"Before or After panicked: oops, at conform_test.go": func(l *Log[post]) {
			l.Records["read"] = Record[post]{Before: func(*post, Fields) Mismatch { panic("oops") }}
		},
		"the record has no field at":               func(l *Log[post]) { l.Clock = "at" },
		"it has no record: Skip leaves out 1 line": func(l *Log[post]) { l.Skip = func(Fields) bool { return true } },
	} {
		l := newPostLog()
		change(&l)
		log := read21
		switch {
		case strings.Contains(want, "argument who"):
			log = write
		case strings.Contains(want, "letters"):
			log = write + log
		}
		if strings.Contains(want, "hello has no meaning") {
			log = hello
		}
		_, err := Check(t.Context(), l, texts(log), Options{})
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}

// Lines that are no records are named by file and line.
func TestBadLines(t *testing.T) {
	for _, c := range []struct{ log, want string }{
		{hello + "{'msg': 'hel", "a.ndjson:2: the last line is cut: {\"msg\": \"hel"},
		{"{'msg': 'hel\n" + hello, "a.ndjson:1: the JSON is cut: {\"msg\": \"hel"},
		{"\n\nhello\n", "a.ndjson:3: this is no JSON"},
		{"{'msg': 'hello', 'at': 1, 'msg': 'bye'}\n", "a.ndjson:1: the record has the field msg twice"},
		{"{'msg': 'hello', 'in': [{'a': 1}, {'a': {'b': 1, 'c': {}, 'b': 2}}]}\n", "a.ndjson:1: the record has the field b twice"},
		{"7\n", "a.ndjson:1: a record is an object of JSON, and this is 7"},
		{"null\n", "a.ndjson:1: a record is an object of JSON, and this is null"},
		{"{'msg': 3}\n", "a.ndjson:1: the field msg is 3: want a text, the kind of the record"},
		{"{'msg': 'helo'}\n", `a.ndjson:1: there is no record "helo"; there are full, hello, lost, read, write`},
		{"{'msg': 'hello', 'x': '" + strings.Repeat("x", lineMax) + "'}\n", "a.ndjson:1: the line has 16777241 bytes"},
		{"\n\ufeff" + hello, "a.ndjson:2: this is no JSON"},
		{"\ufeff", "a.ndjson: it has no record"},
		{"", "a.ndjson: it has no record"},
	} {
		_, err := Check(t.Context(), newPostLog(), texts(c.log), Options{})
		if bad := new(LogError); !errors.As(err, &bad) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("got %v, want %s", err, c.want)
		}
	}
	if _, err := Files("nowhere.ndjson"); err == nil || err.Error() != "nowhere.ndjson: no such file or directory" {
		t.Errorf("got %v", err)
	}
	if _, err := Files("conform_test.go", "doc.go", "conform_test.go"); err == nil || err.Error() != "conform_test.go: the log is named twice" {
		t.Errorf("got %v", err)
	}
	if _, err := Check(t.Context(), newPostLog(), nil, Options{}); err == nil || !strings.Contains(err.Error(), "there is no log") {
		t.Errorf("got %v", err)
	}
}

// What other systems put around lines is no part of them.
func TestTextsOfOtherSystems(t *testing.T) {
	r := judged(t, newPostLog(), Options{}, "\ufeff"+strings.ReplaceAll(write+hello+read12, "\n", "\r\n"))
	if r.Records != 3 || r.Matched != 2 {
		t.Errorf("%d of %d records match, want 2 of 3", r.Matched, r.Records)
	}
}

// A limit says nothing about hidden steps: the next record may well be possible.
func TestALimitBeforeHiddenSteps(t *testing.T) {
	l := newPostLog()
	l.Hidden = Hidden{"Lose": 1}
	r := judged(t, l, Options{MaxStates: 2}, strings.Repeat(write, 4))
	if text := textOfReport(t, r); r.Verdict != Incomplete || r.Candidates[0].Hidden == 0 || strings.Contains(text, "hidden") {
		t.Errorf("%+v\n%s", r.Candidates, text)
	}
}

// Lines that belong to something else are left out, and counted.
func TestSkip(t *testing.T) {
	l := newPostLog()
	l.Skip = func(r Fields) bool { return !r.Has("msg") }
	r := judged(t, l, Options{}, "{'level': 'info'}\n"+hello+"{'level': 'warn'}\n")
	if r.Verdict != Accepted || r.Records != 1 || r.Logs[0].Skipped != 2 {
		t.Errorf("%+v", r.Logs)
	}
}

// Code under test logs with log/slog, from several goroutines, into logs of its nodes.
func TestRecorder(t *testing.T) {
	var rec Recorder
	writer, reader := slog.New(rec.Handler("writer")), slog.New(rec.Handler("reader"))
	sent := make(chan int)
	var running sync.WaitGroup
	running.Go(func() {
		for letter := 1; letter <= 2; letter++ {
			writer.Debug("write")
			sent <- letter
		}
		close(sent)
	})
	running.Go(func() {
		n := 0
		for letter := range sent {
			if letter > 1 { // the first one is a bill
				n++
				reader.Info("read", "letter", letter, "read", n)
			}
		}
	})
	running.Wait()
	AcceptsRecorded(t, newPostLog(), &rec)
	if logs := rec.Logs(); len(logs) != 2 || logs[0].Name != "writer" || strings.Count(string(logs[0].Data), "\n") != 2 {
		t.Errorf("got %q", logs)
	}
}

// failing is a test that fails.
type failing struct {
	testing.TB
	text string
}

func (f *failing) Helper()                  {}
func (f *failing) Context() context.Context { return context.Background() }
func (f *failing) Fatal(args ...any)        { f.text = fmt.Sprint(args...); panic(f) }
func (f *failing) Log(...any)               {}

func TestAcceptsFails(t *testing.T) {
	for _, c := range []struct{ log, want string }{
		{write + "{'msg': 'read', 'letter': 1, 'read': 1}\n", "rejected: post cannot do what the log says"},
		{write + write + write + read21 + read12 + read33, "violated: FewAreRead"},
		{"{}\n", "the record has no field msg"},
	} {
		f := &failing{}
		func() {
			defer func() { _ = recover() }()
			accepts(f, newPostLog(), texts(c.log))
		}()
		if !strings.Contains(f.text, c.want) {
			t.Errorf("got %q, want %q", f.text, c.want)
		}
	}
}

// Paths reach into objects and lists, and names with dots are found.
func TestFields(t *testing.T) {
	r, err := ParseFields(`{"a": {"b.c": {"d": [1, "2", {"e": true}]}}, "n": 9007199254740993, "null": null, "f": 1.5}`)
	if err != nil {
		t.Fatal(err)
	}
	if got := r.Int("a.b.c.d.1"); got != 2 {
		t.Errorf("got %d", got)
	}
	if !r.Bool("a.b.c.d.2.e") || r.Int("n") != 9007199254740993 || r.String("f") != "1.5" || len(r.Strings("null")) != 0 {
		t.Error("a field is read wrongly")
	}
	if got := strings.Join(r.Strings("a.b.c.d"), "|"); got != `1|2|{"e":true}` {
		t.Errorf("got %s", got)
	}
	for _, path := range []string{"a.b", "a.b.c.d.3", "a.b.c.d.x", "x", "a.b.c.d.2.e.f", ""} {
		if r.Has(path) {
			t.Errorf("there is a field %q", path)
		}
	}
	if _, err := ParseFields("x"); err == nil {
		t.Error("x is a record")
	}
}

// colour is a value that has a name.
type colour uint8

func (c colour) String() string { return [...]string{"red", "green"}[c] }

func TestEqual(t *testing.T) {
	for _, c := range []struct {
		model, log any
		same       bool
	}{
		{uint8(3), 3, true}, {int64(-3), json.Number("-3"), true}, {3, "3", true}, {3, "03", false}, {3, 4, false},
		{colour(1), "green", true}, {colour(1), 1, false}, {true, true, true}, {true, "true", true}, {true, false, false},
		{"a", "a", true}, {"a", "b", false}, {model.Bits(5), "{0 2}", true}, {[]string{"a", "b"}, []any{"a", "b"}, true}, {nil, nil, true}, {1, nil, false},
	} {
		if got := len(Equal("x", c.model, c.log)) == 0; got != c.same {
			t.Errorf("%v and %v: %v", c.model, c.log, got)
		}
	}
}

// The same log gives the same report, byte for byte.
func TestReportsAreTheSame(t *testing.T) {
	l := newPostLog()
	l.Hidden = Hidden{"Lose": 1}
	l.Records["read"] = Record[post]{Action: "Read"}
	log := write + write + write + "{'msg': 'read'}\n" + "{'msg': 'read'}\n" + lost + lost + "{'msg': 'read'}\n"
	want := ""
	for range 5 {
		r := judged(t, l, Options{Candidates: 10}, log)
		text, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		if got := string(text) + textOfReport(t, r); want == "" {
			want = got
		} else if got != want {
			t.Fatalf("got  %s\nwant %s", got, want)
		}
	}
}

// A run says which record led to which state, and whether it leaves the model's constraint.
func TestRecordsOfARun(t *testing.T) {
	l := newPostLog()
	l.Hidden = Hidden{"Lose": 1}
	l.Model.Constraint = func(s *post) bool { return s.Written < 2 }
	log := `{"msg":"write"}
{"msg":"hello"}
{"msg":"lost"}
{"msg":"write"}
{"msg":"write", "text":"` + strings.Repeat("x", 500) + `"}
`
	r := judged(t, l, Options{}, log)
	if r.Verdict != Accepted {
		t.Fatal(r.Verdict)
	}
	got := ""
	for _, a := range r.Run.Records() {
		got += fmt.Sprintf("%s %s %d, ", a, a.Kind, a.State)
	}
	if got != "a.ndjson:1 write 2, a.ndjson:2 hello 2, a.ndjson:3 lost 3, a.ndjson:4 write 4, a.ndjson:5 write 5, " {
		t.Errorf("the records are %s", got)
	}
	if text := r.Run.Records()[4].Text; len(text) > textMax+3 || !strings.HasSuffix(text, "x…") {
		t.Errorf("the text of a long record is %s", text)
	}
	if run := r.Run.Trace(); !run.Beyond || run.Length != 5 || len(r.Run.Ways()) != 5 {
		t.Errorf("beyond is %v, for %d states and %d ways", run.Beyond, run.Length, len(r.Run.Ways()))
	}
	r = judged(t, l, Options{}, `{"msg":"write"}`+"\n"+`{"msg":"write"}`)
	if run := r.Run.Trace(); run.Beyond || run.Length != 3 {
		t.Errorf("only the last state is outside, and beyond is %v", run.Beyond)
	}
}

// Every state of a rejection has a run to it.
func TestCandidatesHaveRuns(t *testing.T) {
	r := judged(t, newPostLog(), Options{}, `{"msg":"write"}
{"msg":"write"}
{"msg":"write"}
{"msg":"full"}
{"msg":"read","letter":2,"read":7}
`)
	if r.Verdict != Rejected || len(r.Candidates) == 0 {
		t.Fatal(r.Verdict)
	}
	for _, c := range r.Candidates {
		run := c.Run.Trace()
		if last := run.Steps[run.Length-1].State; !last.Equal(c.State) || len(c.Run.Records()) != r.Matched {
			t.Errorf("the run ends in %s after %d records, the candidate is %s", last, len(c.Run.Records()), c.State)
		}
	}
}
