package tracefile

import (
	"strings"
	"testing"

	"github.com/muster-mc/muster/command/internal/exit"
)

const recorded = `{"format": "muster-trace", "version": 1, "model": "lock", "parameters": {"clients": 18446744073709551615, "lease": true, "order": "any"},
	"bug": "no-wait", "property": "P", "verdict": "violated", "trace": {"length": 1, "steps": [{"action": "Init"}]}}`

func TestRead(t *testing.T) {
	rec, err := read(strings.NewReader(recorded))
	if err != nil {
		t.Fatal(err)
	}
	s := rec.Settings()
	if rec.Model != "lock" || rec.Property != "P" || rec.Trace.Length != 1 || s.Bug != "no-wait" {
		t.Errorf("got %+v", rec)
	}
	for name, want := range map[string]string{"clients": "18446744073709551615", "lease": "true", "order": "any"} {
		if s.With[name] != want {
			t.Errorf("%s is %s; want %s", name, s.With[name], want)
		}
	}
}

func TestReadRefuses(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", "this is no trace file: EOF"},
		{"[]", "this is no trace file: json: "},
		{"{}", "this is no trace file"},
		{strings.Replace(recorded, "muster-trace", "other", 1), "this is no trace file"},
		{strings.Replace(recorded, `{"action": "Init"}`, "", 1), "this is no trace file"},
		{strings.Replace(recorded, `"version": 1`, `"version": 2`, 1), "this is a trace file of version 2; want version 1"},
		{`{"#meta": {}, "vars": ["x"], "states": [{"x": 1}]}`, "this ITF trace is of another tool"},
	} {
		if _, err := read(strings.NewReader(c.text)); err == nil || !strings.HasPrefix(exit.Message(err), c.want) {
			t.Errorf("%.40s: got %v; want %s", c.text, err, c.want)
		}
	}
}
