package explorer

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/model"
)

// counter counts up to a limit, and may be reset by a fault.
type counter struct {
	Count  uint8
	Resets uint8
	Note   string
}

// counters is a model with guards, a choice from nothing, a panic and a claim about runs.
func counters() *model.Model[counter] {
	return &model.Model[counter]{
		Name: "counter",
		Actions: []model.Action[counter]{
			{Name: "Up", Do: func(s *counter, c *model.Choice) bool {
				by := c.Range("by", 1, 2)
				if !c.Guard("there is room", s.Count+uint8(by) <= 4) {
					return false
				}
				s.Count += uint8(by)
				return true
			}},
			{Name: "Reset", Fault: "reset", Do: func(s *counter, _ *model.Choice) bool {
				if s.Count == 0 || s.Resets == 2 {
					return false
				}
				s.Count = 0
				s.Resets++
				return true
			}},
			{Name: "Pick", Do: func(s *counter, c *model.Choice) bool {
				model.Pick(c, "item", []string{})
				return true
			}},
			{Name: "Burst", Do: func(s *counter, _ *model.Choice) bool {
				if s.Count == 4 {
					panic("it bursts")
				}
				return false
			}},
		},
		Properties: []model.Property[counter]{
			model.Always("Small", func(s *counter) bool { return s.Count < 4 }).Explained(func(s *counter) string {
				return fmt.Sprintf("it counts %d <b>", s.Count)
			}),
			model.Reachable("Full", func(s *counter) bool { return s.Count == 4 }),
			model.AlwaysStep("Grows", func(before, after *counter) bool { return after.Count > before.Count }),
			model.Implies("ResetsAreFew", func(s *counter) bool { return s.Resets > 0 }, func(s *counter) bool { return s.Resets < 3 }),
			model.Eventually("Begins", func(s *counter) bool { return s.Count > 0 }),
		},
		Terminal: func(s *counter) bool { return true },
		Picture: func(s *counter) string {
			if s.Count == 3 {
				panic("no picture of three")
			}
			return fmt.Sprintf("<p>%d</p>", s.Count)
		},
	}
}

// address is a stand-in for the address of a listener.
type address string

func (a address) Network() string { return "tcp" }
func (a address) String() string  { return string(a) }

// page is the client of a test: it asks the handler as the page does.
type client struct {
	t       testing.TB
	server  *Server
	handler http.Handler
}

func serve[S any](t testing.TB, m *model.Model[S]) *client { return serveChecker(t, explore.Of(m)) }

func serveChecker(t testing.TB, m explore.Checker) *client {
	t.Helper()
	s, err := New(Options{Model: m})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return &client{t, s, s.Handler(address("127.0.0.1:1234"))}
}

// request is a question as the page asks it.
func (c *client) request(method, path, body string) *http.Request {
	r := httptest.NewRequest(method, "http://127.0.0.1:1234"+path, strings.NewReader(body))
	r.Header.Set(TokenHeader, c.server.Token())
	r.Header.Set("Content-Type", "application/json")
	return r
}

func (c *client) do(r *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	c.handler.ServeHTTP(w, r)
	return w
}

// ask asks a question that must be answered.
func ask[A any](c *client, path string, question any) A {
	c.t.Helper()
	body, err := json.Marshal(question)
	if err != nil {
		c.t.Fatal(err)
	}
	w := c.do(c.request("POST", path, string(body)))
	var a A
	if w.Code != http.StatusOK || json.Unmarshal(w.Body.Bytes(), &a) != nil {
		c.t.Fatalf("%s %s: status %d, %s", path, body, w.Code, w.Body)
	}
	return a
}

// place is an answer to /api/at with its view.
type place struct {
	atAnswer
	View struct {
		State      json.RawMessage
		Moves      []moveAnswer
		Actions    []triedAnswer
		Properties []truthAnswer
		Outside    bool
		Deadlock   bool
		Panic      string
		Picture    string

		PictureFailed string
	} `json:"view"`
}

func (c *client) at(steps string) place {
	c.t.Helper()
	return ask[place](c, "/api/at", atQuestion{Steps: steps})
}

func labels(steps []moveAnswer) string {
	var list []string
	for _, s := range steps {
		text := s.Label
		if len(s.Violates) > 0 {
			text += "!" + strings.Join(s.Violates, "!")
		}
		if len(s.Reaches) > 0 {
			text += "?" + strings.Join(s.Reaches, "?")
		}
		list = append(list, text)
	}
	return strings.Join(list, " ")
}

func TestWhereItStandsAndWhereItCanGo(t *testing.T) {
	c := serve(t, counters())
	p := c.at("Up(by=2) Up(1)")
	if string(p.View.State) != `{"Count":3,"Resets":0,"Note":""}` || p.Number != 3 || len(p.Trace) != 3 || p.Trace[2].Label != "Up(by=1)" {
		t.Errorf("got %s after %v", p.View.State, p.Trace)
	}
	if got := labels(p.View.Moves); got != "Up(by=1)!Small?Full Reset!Grows" {
		t.Errorf("the moves are %s", got)
	}
	if got := p.View.Moves[0].Changes; fmt.Sprint(got) != "[Count: 3 -> 4]" {
		t.Errorf("the first move changes %v", got)
	}
}

func TestWhyAnActionIsNotEnabled(t *testing.T) {
	p := serve(t, counters()).at("Up(2) Up(2)")
	got := ""
	line := regexp.MustCompile(`_test.go:\d+`)
	for _, a := range p.View.Actions {
		got += fmt.Sprintf("%s: %d of %d, guards %v, nothing %v, unnamed %d, panics %d %s\n", a.Name, a.Enabled, a.Tried, a.Guards, a.Nothing, a.Unnamed, a.Panics, a.Panic)
	}
	want := `Up: 0 of 2, guards [{there is room 2}], nothing [], unnamed 0, panics 0 
Reset: 1 of 1, guards [], nothing [], unnamed 0, panics 0 
Pick: 0 of 1, guards [], nothing [{item 1}], unnamed 0, panics 0 
Burst: 0 of 1, guards [], nothing [], unnamed 0, panics 1 Burst panicked: it bursts, at explorer_test.go
`
	if got = line.ReplaceAllString(got, "_test.go"); got != want {
		t.Errorf("got\n%s; want\n%s", got, want)
	}
	if line.ReplaceAllString(p.View.Panic, "_test.go") != "Burst panicked: it bursts, at explorer_test.go" {
		t.Errorf("the panic is %q", p.View.Panic)
	}
}

func TestTruthOfEachProperty(t *testing.T) {
	c := serve(t, counters())
	for steps, want := range map[string]string{
		"":            "Small true; Full not reached; Grows true; ResetsAreFew vacuous; Begins of runs [{ to come false}]; ",
		"Up(2) Up(2)": "Small false it counts 4 <b>; Full reached; Grows true; ResetsAreFew vacuous; Begins of runs [{ to come true}]; ",
		"Up(1) Reset": "Small true; Full not reached; Grows false; ResetsAreFew true; Begins of runs [{ to come false}]; ",
	} {
		got := ""
		for _, p := range c.at(steps).View.Properties {
			got += strings.TrimSpace(p.Name+" "+p.Value+" "+p.Detail) + map[bool]string{true: fmt.Sprint(" ", p.Parts)}[p.Parts != nil] + "; "
		}
		if got != want {
			t.Errorf("%s: got\n%s; want\n%s", steps, got, want)
		}
	}
}

func TestPictures(t *testing.T) {
	c := serve(t, counters())
	if got := c.at("Up(2)").View.Picture; got != "<p>2</p>" {
		t.Errorf("the picture is %q", got)
	}
	p := c.at("Up(2) Up(1)")
	if p.View.Picture != "" || !strings.HasPrefix(p.View.PictureFailed, "Picture panicked: no picture of three, at explorer_test.go:") {
		t.Errorf("the picture is %q, %q", p.View.Picture, p.View.PictureFailed)
	}
}

func TestPlaceBeforeTheFirstState(t *testing.T) {
	a := ask[place](serve(t, counters()), "/api/at", atQuestion{Start: true})
	if a.Number != 0 || len(a.Trace) != 0 || labels(a.View.Moves) != "Init" || string(a.View.State) != "null" {
		t.Errorf("got %+v", a)
	}
}

func TestSinceAndSame(t *testing.T) {
	a := ask[place](serve(t, counters()), "/api/at", atQuestion{Steps: "Up(1) Reset Up(1) Reset Up(1)", Since: 4})
	if len(a.Trace) != 2 || a.Trace[0].Number != 5 || a.Trace[1].Label != "Up(by=1)" || fmt.Sprint(a.Same) != "[]" {
		t.Errorf("got %+v", a.atAnswer)
	}
}

// A run that comes to a state again can be made a loop, and is then judged as a whole.
func TestLasso(t *testing.T) {
	blinker := &model.Model[struct{ On, Done bool }]{
		Name: "blinker",
		Actions: []model.Action[struct{ On, Done bool }]{
			{Name: "Blink", Do: func(s *struct{ On, Done bool }, _ *model.Choice) bool {
				if s.Done {
					return false
				}
				s.On = !s.On
				return true
			}},
			{Name: "Finish", Do: func(s *struct{ On, Done bool }, _ *model.Choice) bool {
				ok := !s.Done
				s.Done = true
				return ok
			}, Fair: model.Weak},
		},
		Properties:    []model.Property[struct{ On, Done bool }]{model.Eventually("IsDone", func(s *struct{ On, Done bool }) bool { return s.Done })},
		AllowDeadlock: true,
	}
	c := serve(t, blinker)
	a := ask[place](c, "/api/at", atQuestion{Steps: "Blink Blink", Loop: 1})
	if fmt.Sprint(a.Same) != "[1]" || a.Lasso == nil || !strings.Contains(a.Lasso.Problem, "Finish") {
		t.Errorf("an unfair loop is %+v, %v", a.Lasso, a.Same)
	}
	blinker.Actions[1].Fair = model.Unfair
	a = ask[place](serve(t, blinker), "/api/at", atQuestion{Steps: "Blink Blink", Loop: 1})
	if a.Lasso.Problem != "" || len(a.Lasso.Violated) != 1 || a.Lasso.Violated[0].Name != "IsDone" {
		t.Errorf("a loop is %+v", a.Lasso)
	}
	a = ask[place](c, "/api/at", atQuestion{Steps: "Blink", Loop: 1})
	if !strings.Contains(a.Lasso.Problem, "its last state is not state 1") {
		t.Errorf("no loop is %+v", a.Lasso)
	}
}

func TestFind(t *testing.T) {
	c := serve(t, counters())
	for _, x := range []struct {
		q    findQuestion
		want string
	}{
		{findQuestion{Where: "Count == 3"}, "true 4 states, whole false: Init Up(by=1) Up(by=2) "},
		{findQuestion{Where: "Count == 3 && Resets == 1", Steps: "Up(1) Reset"}, ""},
		{findQuestion{Where: "Count == 0", Steps: "Up(1)", From: "start"}, "true 2 states, whole false: Init "},
		{findQuestion{Where: "Count == 9"}, "false 15 states, whole true: "},
		{findQuestion{Where: "Count == 9", States: 5}, "false 5 states, whole false more states than may be looked at: "},
	} {
		a := ask[findAnswer](c, "/api/find", x.q)
		got := fmt.Sprintf("%v %d states, whole %v %s", a.Found, a.States, a.Whole, a.Reason)
		got = strings.TrimSpace(got) + ": "
		for _, s := range a.Trace {
			got += s.Label + " "
		}
		if x.want == "" {
			if !a.Found || a.Trace[len(a.Trace)-1].Number != 5 {
				t.Errorf("%+v: got %s", x.q, got)
			}
		} else if x.want != got {
			t.Errorf("%+v: got %q; want %q", x.q, got, x.want)
		}
	}
}

func TestRunOnUntil(t *testing.T) {
	c := serve(t, counters())
	a := ask[findAnswer](c, "/api/until", untilQuestion{Steps: "Up(1) Up(1) Up(1)", From: 1, Where: "Count >= 2"})
	if !a.Found || len(a.Trace) != 3 {
		t.Errorf("along the run it comes to %+v", a)
	}
	a = ask[findAnswer](c, "/api/until", untilQuestion{Steps: "Up(1)", From: 2, Where: "Resets == 2", Seed: 7})
	b := ask[findAnswer](c, "/api/until", untilQuestion{Steps: "Up(1)", From: 2, Where: "Resets == 2", Seed: 7})
	if !a.Found || len(a.Trace) != len(b.Trace) || len(a.Trace) < 4 {
		t.Errorf("at random it comes to %+v, %+v", a, b)
	}
	a = ask[findAnswer](c, "/api/until", untilQuestion{Steps: "", From: 1, Where: "Count == 9"})
	if a.Found || a.Reason != "no step leads on" {
		t.Errorf("got %+v", a)
	}
}

func TestAround(t *testing.T) {
	a := ask[aroundAnswer](serve(t, counters()), "/api/around", aroundQuestion{Steps: "Up(2)"})
	if len(a.Nodes) != 13 || !a.Whole || a.Nodes[0].Lines[0] != "here" || len(a.Edges) == 0 || a.Width <= 0 {
		t.Errorf("got %d nodes, %+v", len(a.Nodes), a.Nodes)
	}
	for _, n := range a.Nodes {
		if n.X-n.Width/2 < -1 || n.X+n.Width/2 > a.Width+1 || n.Y-n.Height/2 < -1 || n.Y+n.Height/2 > a.Height+1 {
			t.Errorf("a node leaves the drawing: %+v", n)
		}
	}
}

// A check in the background tells what it finds.
func TestRun(t *testing.T) {
	m := counters()
	m.Actions = m.Actions[:2]
	c := serve(t, m)
	w := c.do(c.request("GET", "/api/run", ""))
	text := w.Body.String()
	if w.Header().Get("Content-Type") != "text/event-stream" {
		t.Errorf("the type is %s", w.Header().Get("Content-Type"))
	}
	for _, want := range []string{
		`"name":"Small","kind":"always","verdict":"violated","detail":"it counts 4 \u003cb\u003e","steps":"Init Up(by=2) Up(by=2)","length":3}`,
		`"name":"Grows"`, "event: done", `"distinct":15`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the events lack %s:\n%s", want, text)
		}
	}
	if strings.Count(text, `event: found`) != 3 { // Small, Grows and Begins
		t.Errorf("the events are\n%s", text)
	}
}

func TestLinkAndListener(t *testing.T) {
	s, err := New(Options{
		Model: explore.Of(counters()), Parameters: []Parameter{{"bug", "a b&<"}},
		Open: Position{Steps: "Up(by=2) Up(by=1)", Loop: 2},
	})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	want := "http://127.0.0.1:7/#counter?bug=a+b%26%3C&steps=Up(by%3D2)+Up(by%3D1)&loop=2&token=" + s.Token()
	for _, at := range []string{"127.0.0.1:7", "0.0.0.0:7", "[::]:7"} {
		if got := s.Link(address(at)); got != want {
			t.Errorf("the link is %s; want %s", got, want)
		}
	}
	l, err := Listen("")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if !IsLocal(l.Addr()) || IsLocal(address("0.0.0.0:1")) || IsLocal(address("192.0.2.1:1")) {
		t.Error("what is local is not")
	}
}
