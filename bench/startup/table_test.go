package main

import (
	"strings"
	"testing"
)

func TestTable(t *testing.T) {
	good := figure{what: "within", value: 3, most: 3, unit: "s", command: "go test"}
	free := figure{what: "free", value: 1000, command: "go vet"}
	over := figure{what: "over", value: 3.5, most: 3, unit: "MB", command: "go build"}
	var b strings.Builder
	if err := (&table{good, free}).write(&b); err != nil {
		t.Error(err)
	}
	const want = "        measured  at most     command\nwithin  3         3        s  go test\nfree    1000                  go vet\n"
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
	const problem = "over: 3.5 MB; at most 3 are allowed"
	if err := (&table{good, over}).write(&b); err == nil || err.Error() != problem {
		t.Errorf("got %v, want %s", err, problem)
	}
}

func TestShown(t *testing.T) {
	if got := shown([]string{"build", "-o", "/tmp/mc", "./cmd/mc"}); got != "go build ./cmd/mc" {
		t.Errorf("got %s", got)
	}
}

func TestParts(t *testing.T) {
	for list, want := range map[string]bool{"run,build,edit,modules": true, "edit": true, "edits": false, "": false} {
		if got := known(strings.Split(list, ",")); got != want {
			t.Errorf("%s: got %v, want %v", list, got, want)
		}
	}
}
