package trace_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

func waiting() *trace.Trace {
	t := &trace.Trace{}
	t.Append("Init", nil, trace.ValueOf(&struct{ N int }{1}))
	t.Waits = []model.Wait{
		{Who: "raft", For: "to send on News (full, 1 of 1)", At: "notify <- false"},
		{Who: "monitor", For: "for <loop>\x1b[31m"},
		{Who: "loop"},
	}
	return t
}

func TestTextSaysWhoWaits(t *testing.T) {
	want := `  1  Init    N: 1

  raft waits to send on News (full, 1 of 1), at notify <- false
  monitor waits for <loop>\x1b[31m
  loop waits
`
	if got := waiting().String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestJSONSaysWhoWaits(t *testing.T) {
	run := waiting()
	js, err := json.Marshal(run)
	if want := `"waits":[{"who":"raft","for":"to send on News (full, 1 of 1)","at":"notify \u003c- false"},`; err != nil || !strings.Contains(string(js), want) {
		t.Errorf("no %s in %s (%v)", want, js, err)
	}
	var back trace.Trace
	if err := json.Unmarshal(js, &back); err != nil || !reflect.DeepEqual(back.Waits, run.Waits) {
		t.Errorf("got %v, %v", back.Waits, err)
	}
	run.Waits = nil
	if js, _ := json.Marshal(run); strings.Contains(string(js), "waits") {
		t.Errorf("nothing waits, and the JSON is %s", js)
	}
}

func TestThePageSaysWhoWaits(t *testing.T) {
	page := htmlOf(t, waiting(), trace.HTMLOptions{})
	for _, want := range []string{
		"<h2>who waits for what</h2>",
		"<tr><td>raft</td><td>waits to send on News (full, 1 of 1)</td><td>at <code>notify &lt;- false</code></td></tr>",
		"<tr><td>loop</td><td>waits </td><td></td></tr>", "&lt;loop&gt;",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("no %q in\n%s", want, page)
		}
	}
	run := waiting()
	run.Waits = nil
	if page := htmlOf(t, run, trace.HTMLOptions{}); strings.Contains(page, "who waits") {
		t.Error("nothing waits, and the page has a table of it")
	}
}

// A run that goes on has another end.
func TestAppendForgetsWhoWaits(t *testing.T) {
	run := waiting()
	run.Append("Go", nil, trace.ValueOf(&struct{ N int }{2}))
	if run.Waits != nil {
		t.Errorf("got %v", run.Waits)
	}
}
