package main

import (
	"strings"
	"testing"
)

func TestBlanked(t *testing.T) {
	for _, c := range []struct{ name, stdout, stderr, wantOut, wantErr string }{
		{
			name:    "times and memory in JSON",
			stdout:  "\"distinct\": 3,\n\"seconds\": 1.5e-05,\n\"bytes\": 7\n}",
			wantOut: "\"distinct\": 3,\n\"seconds\": _,\n\"bytes\": _\n}",
		},
		{
			name:    "their forecasts",
			stdout:  "\"states\": {\n  \"least\": 1\n},\n\"bytes\": {\n  \"least\": 1.5,\n  \"most\": 2\n}",
			wantOut: "\"states\": {\n  \"least\": 1\n},\n\"bytes\": _",
		},
		{
			name:    "progress, notes and rates, but no errors",
			stderr:  "note: Time grew\n10s  depth 3\nmc: no model\n    there are 3\n3.2 s, 29.1 k/s generated, 5.31 MiB\n",
			wantErr: "mc: no model\n    there are 3\n",
		},
		{name: "text that only looks like it", stdout: "1 s\n\"seconds\": \"many\"", wantOut: "1 s\n\"seconds\": \"many\""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := outcome{status: 3, stdout: c.stdout, stderr: c.stderr}.blanked()
			if want := (outcome{status: 3, stdout: c.wantOut, stderr: c.wantErr}); got != want {
				t.Errorf("got %+v, want %+v", got, want)
			}
		})
	}
}

func TestDifference(t *testing.T) {
	long := strings.Repeat("x", 500)
	for _, c := range []struct {
		name    string
		was, is outcome
		want    string
	}{
		{"none", outcome{1, "a\n", "b\n", false}, outcome{1, "a\n", "b\n", false}, ""},
		{"of everything", outcome{1, "a\nb\n", "c\n", false}, outcome{2, "a\nx\n", "", false},
			`exit status 1, now 2; standard output, line 2: "b\n", now "x\n"; standard error, line 1: "c\n", now ""`},
		{"of the last line's end", outcome{stdout: "a\n"}, outcome{stdout: "a"}, `standard output, line 1: "a\n", now "a"`},
		{"in a long line", outcome{stdout: long + "1" + long}, outcome{stdout: long + "2"},
			`standard output, line 1: "` + long[:30] + "1" + long[:69] + `", now "` + long[:30] + `2"`},
		{"of time", outcome{}, outcome{status: -1, late: true}, "it takes too long now"},
	} {
		if got := difference(c.was, c.is); got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}

func TestCommandLine(t *testing.T) {
	got := script{{"replay", "lease", "--steps", "Crash(node=0) Tick"}, {"check", "it's", ""}}.String()
	if want := `mc replay lease --steps 'Crash(node=0) Tick' && mc check 'it'\''s' ''`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
