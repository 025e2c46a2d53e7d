package catalog_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/model"
)

func TestDefineReadsTheParameters(t *testing.T) {
	var got []string
	for _, p := range counterEntry.Parameters() {
		got = append(got, fmt.Sprintf("%s %s %s: %s", p.Name, p.Type, p.Default, p.Range()))
	}
	want := []string{
		"limit int 3: a number from 0 to 9",
		"start int 0: a number from -2 to 2",
		"down bool false: true or false",
		"step string one: one of one, two",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func build[C any](C) *model.Model[counter] { return newCounter(counterConfig{}) }

// define makes an entry from a Config type.
func define[C any](variants ...catalog.Variant) catalog.Entry {
	return catalog.Define("it", "", build[C], variants...)
}

func TestInvalidEntriesPanicOnUse(t *testing.T) {
	for name, test := range map[string]struct {
		entry catalog.Entry
		want  string
	}{
		"no struct": {define[int](), "the Config int is no struct"},
		"unsupported kind": {define[struct {
			F float64 `flag:"f"`
		}](), "the Config field F is a float64; want an int, a bool, a *bool or a string"},
		"named type": {define[struct {
			F kind `flag:"f"`
		}](), "the Config field F is a catalog_test.kind"},
		"unexported": {define[struct {
			f bool `flag:"f"`
		}](), "the Config field f has a flag, but is not exported"},
		"no range": {define[struct {
			F int `flag:"f" default:"1" min:"1"`
		}](), "the Config field F: the tag max must be a number"},
		"default too large": {define[struct {
			F int `flag:"f" default:"7" min:"1" max:"3"`
		}](), "the Config field F: the default is out of range: --f 7: want a number from 1 to 3"},
		"no words": {define[struct {
			F string `flag:"f"`
		}](), "the Config field F is a string: want its words in the tag oneof"},
		"pointer": {define[struct {
			F *int `flag:"f" default:"1" min:"1" max:"3"`
		}](), "the Config field F is a *int; want an int, a bool, a *bool or a string"},
		"default below zero": {define[struct {
			F int `flag:"f" default:"1" min:"-1" max:"3"`
		}](), "the Config field F may be negative, so its default must be 0"},
		"reserved": {define[struct {
			F bool `flag:"bug"`
		}](), `no parameter can have the name "bug"`},
		"bad flag": {define[struct {
			F bool `flag:"F F"`
		}](), `parameter "F F": want a name of small letters`},
		"two flags": {define[struct {
			F bool `flag:"f"`
			G bool `flag:"f"`
		}](), `there are two of the parameter "f"`},
		"bug without field": {define[struct{}](catalog.Bug{Name: "b", Breaks: "P"}), "it has bugs, but its Config has no field Bug of type string"},
		"bug of nothing":    {define[struct{ Bug string }](catalog.Bug{Name: "b"}), "bug b: which property does it break?"},
		"fix of nothing":    {define[struct{}](catalog.Fix{Name: "f", With: catalog.With{"x": "1"}}), `fix f: it has no parameter "x"`},
		"two bugs": {define[struct{ Bug string }](
			catalog.Bug{Name: "b", Breaks: "P"}, catalog.Bug{Name: "b", Breaks: "P"}), `there are two of the bug "b"`},
		"bad bug": {define[struct{ Bug string }](catalog.Bug{Name: "b-", Breaks: "P"}), `bug "b-": want a name of small letters`},
	} {
		for use, f := range map[string]func(){
			"Parameters": func() { test.entry.Parameters() },
			"Bugs":       func() { test.entry.Bugs() },
			"Fixes":      func() { test.entry.Fixes() },
			"Trials":     func() { test.entry.Trials() },
			"Open":       func() { _, _ = test.entry.Open(catalog.Settings{}) },
		} {
			t.Run(name+"/"+use, func(t *testing.T) { wantPanic(t, f, "it: "+test.want) })
		}
	}
}

func TestInvalidNamesPanicAtOnce(t *testing.T) {
	for _, name := range []string{"It", "", "a b", "a/", "/a", "a//b", "a_b"} {
		wantPanic(t, func() { catalog.Define(name, "", build[struct{}]) }, fmt.Sprintf("model %q: want a name of small letters", name))
	}
}

type kind int

func wantPanic(t *testing.T, f func(), want string) {
	t.Helper()
	defer func() {
		t.Helper()
		got := fmt.Sprint(recover())
		if !strings.HasPrefix(got, "catalog: ") || !strings.Contains(got, want) {
			t.Errorf("panicked with %q; want %q in it", got, want)
		}
	}()
	f()
}

func TestNamesMayHaveAGroup(t *testing.T) {
	e := catalog.Define("counters/one", "", newCounter)
	if e.Name != "counters/one" {
		t.Errorf("its name is %q", e.Name)
	}
}
