package explorer

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/model"
)

// questions are all that the API answers.
var questions = []string{"GET /api/model", "POST /api/at", "POST /api/find", "POST /api/until", "POST /api/around", "POST /api/diagram", "GET /api/run"}

// refused asks every question, changed in one way, and wants the status.
func refused(t *testing.T, what string, status int, change func(*http.Request)) {
	t.Helper()
	c := serve(t, counters())
	for _, q := range questions {
		method, path, _ := strings.Cut(q, " ")
		r := c.request(method, path, `{"steps": "Up(1)"}`)
		change(r)
		w := c.do(r)
		var p problem
		if w.Code != status || json.Unmarshal(w.Body.Bytes(), &p) != nil || p.Error == "" {
			t.Errorf("%s: %s: status %d, %s; want %d", what, q, w.Code, w.Body, status)
		}
	}
}

func TestQuestionsNeedTheToken(t *testing.T) {
	refused(t, "no token", http.StatusForbidden, func(r *http.Request) { r.Header.Del(TokenHeader) })
	refused(t, "another token", http.StatusForbidden, func(r *http.Request) { r.Header.Set(TokenHeader, "X") })
	refused(t, "a token in the address", http.StatusForbidden, func(r *http.Request) {
		r.URL.RawQuery = "token=" + r.Header.Get(TokenHeader)
		r.Header.Del(TokenHeader)
	})
}

func TestQuestionsOfAnotherOriginAreRefused(t *testing.T) {
	for _, origin := range []string{"http://evil.example", "http://127.0.0.1:9", "https://127.0.0.1", "null", "file://"} {
		refused(t, origin, http.StatusForbidden, func(r *http.Request) { r.Header.Set("Origin", origin) })
	}
	for _, site := range []string{"cross-site", "same-site"} {
		refused(t, site, http.StatusForbidden, func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", site) })
	}
	c := serve(t, counters())
	r := c.request("POST", "/api/at", `{"steps": ""}`)
	r.Header.Set("Origin", "http://127.0.0.1:1234")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	if w := c.do(r); w.Code != http.StatusOK {
		t.Errorf("the page itself is refused: %d %s", w.Code, w.Body)
	}
}

func TestNamesOfOtherHostsAreRefused(t *testing.T) {
	for _, host := range []string{"evil.example", "127.0.0.1.evil.example:1234", "localhost.evil.example", "192.0.2.7:1234", "", "127.1", "[::ffff:192.0.2.7]"} {
		refused(t, host, http.StatusForbidden, func(r *http.Request) { r.Host = host })
	}
	for at, hosts := range map[string]map[string]bool{
		"127.0.0.1:80": {"localhost": true, "LOCALHOST:80": true, "a.localhost:1": true, "127.0.0.9": true, "[::1]:80": true, "10.0.0.1": false},
		"10.0.0.1:80":  {"10.0.0.1": true, "10.0.0.1:99": true, "10.0.0.2": false, "localhost": true, "evil.example": false},
		"0.0.0.0:80":   {"10.0.0.1": true, "10.0.0.2:80": true, "localhost": true, "evil.example": false, hostname(): true},
		"[::]:80":      {"[fe80::1]:80": true, "evil.example": false},
		"broken":       {"10.0.0.1": false, "localhost": true},
	} {
		for host, want := range hosts {
			if got := isOurs(address(at), host); got != want {
				t.Errorf("on %s, %s is %v", at, host, got)
			}
		}
	}
}

// policyForm is the policy: one script and two styles by their hashes, and all else from the
// server itself.
var policyForm = regexp.MustCompile(`^default-src 'self'; script-src 'sha256-[\w+/]{43}='; style-src 'sha256-[\w+/]{43}=' 'sha256-[\w+/]{43}='; style-src-attr 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'$`)

// Other pages of the machine's browsers may neither read nor embed an answer.
func TestHeaders(t *testing.T) {
	c := serve(t, counters())
	for _, path := range []string{"/", "/page/icon.svg", "/page/picture.css", "/page/main.js", "/api/model", "/nowhere", "/page/%2e%2e/doc.go"} {
		h := c.do(c.request("GET", path, "")).Header()
		for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "no-referrer", "Cross-Origin-Resource-Policy": "same-origin"} {
			if h.Get(name) != want {
				t.Errorf("%s: %s is %q", path, name, h.Get(name))
			}
		}
		if got := h.Get("Content-Security-Policy"); !policyForm.MatchString(got) {
			t.Errorf("%s: the policy is %q", path, got)
		}
		for name := range h {
			if strings.HasPrefix(name, "Access-Control-") {
				t.Errorf("%s: it has %s", path, name)
			}
		}
	}
	for path, kind := range map[string]string{"/": "text/html; charset=utf-8", "/page/icon.svg": "image/svg+xml", "/page/picture.css": "text/css; charset=utf-8"} {
		if w := c.do(c.request("GET", path, "")); w.Code != http.StatusOK || w.Header().Get("Content-Type") != kind {
			t.Errorf("%s: %d %s", path, w.Code, w.Header().Get("Content-Type"))
		}
	}
	if body := c.do(c.request("GET", "/page/..%2fexplorer.go", "")); body.Code == http.StatusOK {
		t.Error("a file outside of the page is served")
	}
}

func TestQuestionsThatAreNone(t *testing.T) {
	c := serve(t, counters())
	for _, x := range []struct {
		path, body, kind string
		status           int
		want             string
	}{
		{"/api/at", `{"steps": "Up(1)"`, "", http.StatusBadRequest, "unexpected EOF"},
		{"/api/at", `{"stesp": "Up(1)"}`, "", http.StatusBadRequest, `unknown field \"stesp\"`},
		{"/api/at", `{} {}`, "", http.StatusBadRequest, "something behind the question"},
		{"/api/at", `{"steps": ""}`, "text/plain", http.StatusUnsupportedMediaType, "application/json"},
		{"/api/at", `{"steps": "` + strings.Repeat("Up(1) ", 200_000) + `"}`, "", http.StatusRequestEntityTooLarge, "1048576 bytes"},
		{"/api/at", `{"steps": "` + strings.Repeat("Up ", stepsMax+1) + `"}`, "", http.StatusRequestEntityTooLarge, "at most 10000"},
		{"/api/at", `{"steps": "Down"}`, "", http.StatusBadRequest, `step 2: counter has no action \"Down\"`},
		{"/api/at", `{"steps": "Up"}`, "", http.StatusBadRequest, `step 2: Up may be any of 2 steps","hint":"there are Up(by=1), Up(by=2)"`},
		{"/api/at", `{"steps": "Up(1) Burst"}`, "", http.StatusBadRequest, `step 3: Burst is not possible here","hint":"possible: Up(by=1), Up(by=2), Reset"`},
		{"/api/find", `{"steps": "", "where": "Count =="}`, "", http.StatusUnprocessableEntity, "letter 9: want a path, a number or a text"},
		{"/api/find", `{"steps": "", "where": "Cuont == 1"}`, "", http.StatusUnprocessableEntity, `there is no field \"Cuont\" here; there are Count, Resets, Note`},
		{"/api/find", `{"steps": "", "where": "Count == 1", "from": "there"}`, "", http.StatusBadRequest, `want \"here\" or \"start\"`},
		{"/api/find", `{"steps": "", "where": "Count == 1", "states": 1000000}`, "", http.StatusBadRequest, "at most 200000"},
		{"/api/around", `{"steps": "", "states": 201}`, "", http.StatusBadRequest, "at most 200"},
	} {
		r := c.request("POST", x.path, x.body)
		if x.kind != "" {
			r.Header.Set("Content-Type", x.kind)
		}
		w := c.do(r)
		if got := w.Body.String(); w.Code != x.status || !strings.Contains(got, x.want) {
			t.Errorf("%s %.60s: %d %s; want %d %s", x.path, x.body, w.Code, got, x.status, x.want)
		}
	}
	for _, path := range []string{"/api/", "/api/nothing", "/api/at/x"} {
		if w := c.do(c.request("POST", path, "{}")); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
}

// hostile is a state whose parts have hostile names, and panic when they are shown.
type hostile struct {
	Table map[string]word
	Bad   grumbler
}

type word string

type grumbler uint8

func (g grumbler) String() string { panic("<img src=x onerror=alert(1)>") }

const script = `<script>alert(1)</script>`

func hostiles() *model.Model[hostile] {
	return &model.Model[hostile]{
		Name: script,
		Init: func(s *hostile, _ *model.Choice) bool {
			s.Table = map[string]word{`"><img src=x onerror=alert(2)>`: "</script>"}
			return true
		},
		Actions: []model.Action[hostile]{
			{Name: script, Do: func(s *hostile, c *model.Choice) bool {
				if !c.Guard("<b>guard</b>", s.Bad < 2) {
					return false
				}
				s.Bad++
				s.Table[model.Pick(c, "</title>", []string{script})] = "'\"&"
				return true
			}},
			{Name: "panics", Do: func(*hostile, *model.Choice) bool { panic(script) }},
		},
		Properties: []model.Property[hostile]{
			model.Always("<i>", func(s *hostile) bool { return s.Bad < 1 }).Explained(func(*hostile) string { return script }),
			model.Always("asks", func(s *hostile) bool { panic("asked") }),
			model.Always("explains", func(s *hostile) bool { return false }).Explained(func(*hostile) string { panic("explained") }),
		},
		Constraint:    func(s *hostile) bool { return true },
		AllowDeadlock: true,
		Waits:         func(*hostile) []model.Wait { panic("waits") },
		Picture:       func(s *hostile) string { return script },
	}
}

// A hostile model is shown as any other, and its answers are JSON without a tag in it.
func TestHostileModels(t *testing.T) {
	c := serve(t, hostiles())
	typed := strconv.Quote(script)
	for steps, number := range map[string]int{"": 1, "Init " + typed: 2, typed + " " + typed: 3} {
		p := c.at(steps)
		if p.Number != number || p.View.Panic == "" {
			t.Errorf("%s: got %+v", steps, p.View)
		}
		got := fmt.Sprint(p.View.Properties)
		if !strings.Contains(got, "explains always false (the property's explanation panicked)") || !strings.Contains(got, "asks always panicked") {
			t.Errorf("%s: the properties are %s", steps, got)
		}
	}
	for _, q := range questions[:6] {
		method, path, _ := strings.Cut(q, " ")
		w := c.do(c.request(method, path, `{"steps": ""}`))
		if strings.ContainsAny(w.Body.String(), "<>&") {
			t.Errorf("%s has a tag in it: %s", q, w.Body)
		}
	}
}

// A model whose code does not return keeps neither the others waiting nor the server. The
// answer says which code that is.
func TestModelThatDoesNotReturn(t *testing.T) {
	for part, put := range map[string]func(m *model.Model[counter], hang func(*counter) bool){
		"Hang": func(m *model.Model[counter], hang func(*counter) bool) {
			m.Actions = append(m.Actions, model.Action[counter]{Name: "Hang", Do: func(s *counter, _ *model.Choice) bool { return hang(s) }})
		},
		"property Hangs": func(m *model.Model[counter], hang func(*counter) bool) {
			m.Properties = append(m.Properties, model.Always("Hangs", hang))
		},
	} {
		release := make(chan struct{})
		defer close(release)
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		m := counters()
		put(m, func(s *counter) bool {
			if s.Count == 1 {
				cancel()
				<-release
			}
			return false
		})
		c := serve(t, m)
		w := c.do(c.request("POST", "/api/at", `{"steps": "Up(1)"}`).WithContext(ctx))
		if w.Code != http.StatusGatewayTimeout || !strings.Contains(w.Body.String(), `"`+part+", on the state {Count:1 ") || !strings.Contains(w.Body.String(), "has not returned for 10s") {
			t.Errorf("%s: got %d %s", part, w.Code, w.Body)
		}
		if p := c.at("Up(2)"); p.Number != 2 {
			t.Errorf("%s: another question gets %+v", part, p)
		}
	}
}

// Serve ends soon after its context, though a check goes on.
func TestServeEnds(t *testing.T) {
	m := counters()
	release := make(chan struct{})
	defer close(release)
	m.Actions = append(m.Actions, model.Action[counter]{Name: "Hang", Do: func(s *counter, _ *model.Choice) bool {
		<-release
		return false
	}})
	s, err := New(Options{Model: explore.Of(m)})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	l, err := Listen("")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- s.Serve(ctx, l) }()
	r, err := http.NewRequest("GET", "http://"+l.Addr().String()+"/api/run", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set(TokenHeader, s.Token())
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	begin := make([]byte, len("event: begin"))
	if _, err := io.ReadFull(answer.Body, begin); err != nil || string(begin) != "event: begin" {
		t.Fatalf("got %s, %v", begin, err)
	}
	cancel()
	select {
	case err := <-done:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(time.Minute):
		t.Error("it goes on")
	}
}

// Whatever is asked, the answer is JSON, and the server lives.
func FuzzAPI(f *testing.F) {
	for _, body := range []string{`{"steps": "Up(1) Reset"}`, `{"steps": "Up(by=2", "loop": 1}`, `{"where": "Count == 2", "steps": ""}`, `{"start": true}`, `[]`, "\xff", `{"steps": "Init Init"}`} {
		f.Add(uint8(1), body)
	}
	f.Add(uint8(2), `{"steps": "", "where": "Count > 1", "from": "start", "states": 3}`)
	f.Add(uint8(3), `{"steps": "Up(1)", "from": 1, "where": "Resets == 1", "seed": 3}`)
	f.Add(uint8(4), `{"steps": "", "states": 4}`)
	c := serve(f, counters())
	f.Fuzz(func(t *testing.T, question uint8, body string) {
		method, path, _ := strings.Cut(questions[int(question)%6], " ")
		w := c.do(c.request(method, path, body))
		if !json.Valid(w.Body.Bytes()) || w.Code >= 500 {
			t.Errorf("%s %s: %d %s", path, body, w.Code, w.Body)
		}
	})
}
