package catalog_test

import (
	"errors"
	"maps"
	"testing"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/model"
)

func TestOpenCompletesTheSettings(t *testing.T) {
	for name, test := range map[string]struct {
		settings catalog.Settings
		want     catalog.With
	}{
		"defaults":            {catalog.Settings{}, catalog.With{"limit": "3", "start": "0", "down": "false", "step": "one"}},
		"what was set":        {with("limit", "5", "down", "true"), catalog.With{"limit": "5", "start": "0", "down": "true", "step": "one"}},
		"zero":                {with("limit", "0"), catalog.With{"limit": "0", "start": "0", "down": "false", "step": "one"}},
		"written the one way": {with("limit", "+04", "down", "T"), catalog.With{"limit": "4", "start": "0", "down": "true", "step": "one"}},
		"a bug's parameters":  {catalog.Settings{Bug: "odd-limit"}, catalog.With{"limit": "3", "start": "0", "down": "false", "step": "two"}},
		"a fix's parameters":  {catalog.Settings{Fix: "even-limit"}, catalog.With{"limit": "4", "start": "0", "down": "false", "step": "two"}},
		"what was set goes first": {catalog.Settings{Fix: "even-limit", Bug: "odd-limit", With: catalog.With{"limit": "6"}},
			catalog.With{"limit": "6", "start": "0", "down": "false", "step": "two"}},
	} {
		t.Run(name, func(t *testing.T) {
			m, err := counterEntry.Open(test.settings)
			if err != nil {
				t.Fatal(err)
			}
			if got := m.Settings().With; !maps.Equal(got, test.want) {
				t.Errorf("got %v; want %v", got, test.want)
			}
		})
	}
}

// with returns settings from alternating names and values.
func with(pairs ...string) catalog.Settings {
	w := catalog.With{}
	for i := 0; i < len(pairs); i += 2 {
		w[pairs[i]] = pairs[i+1]
	}
	return catalog.Settings{With: w}
}

func TestOpenReachesTheConfig(t *testing.T) {
	for name, test := range map[string]struct {
		settings catalog.Settings
		states   uint64
	}{
		"default":        {catalog.Settings{}, 4},
		"a larger limit": {with("limit", "7"), 8},
		"zero":           {with("limit", "0"), 1},
		"a negative one": {with("start", "-1"), 5},
		"two at a time":  {with("step", "two", "limit", "8"), 5},
	} {
		t.Run(name, func(t *testing.T) {
			if got := check(t, test.settings).Counts.Distinct; got != test.states {
				t.Errorf("%d states; want %d", got, test.states)
			}
		})
	}
}

func check(t *testing.T, s catalog.Settings) *explore.Report {
	t.Helper()
	m, err := counterEntry.Open(s)
	if err != nil {
		t.Fatal(err)
	}
	r, err := m.Check(t.Context(), explore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestOpenErrors(t *testing.T) {
	for name, test := range map[string]struct {
		settings catalog.Settings
		want     string
	}{
		"out of range":        {with("limit", "10"), "--limit 10: want a number from 0 to 9"},
		"no number":           {with("limit", "many"), "--limit many: want a number from 0 to 9"},
		"no boolean":          {with("down", "maybe"), "--down maybe: want true or false"},
		"no such word":        {with("step", "three"), "--step three: want one of one, two"},
		"unknown parameter":   {with("limits", "3"), `counter has no parameter "limits"; did you mean limit? there are limit, start, down, step`},
		"first of several":    {with("y", "1", "x", "1", "z", "1"), `counter has no parameter "x"; there are limit, start, down, step`},
		"unknown bug":         {catalog.Settings{Bug: "nolimit"}, `counter has no bug "nolimit"; did you mean no-limit? there are no-limit, odd-limit`},
		"unknown fix":         {catalog.Settings{Fix: "odd"}, `counter has no fix "odd"; there is only even-limit`},
		"impossible together": {with("limit", "0", "start", "1"), "counter: it starts beyond its limit"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := counterEntry.Open(test.settings)
			if err == nil || err.Error() != test.want {
				t.Errorf("got %v; want %s", err, test.want)
			}
		})
	}
}

func TestOpenErrorsHaveTypes(t *testing.T) {
	_, err := counterEntry.Open(with("limit", "10"))
	var ranged *catalog.RangeError
	if !errors.As(err, &ranged) || ranged.Parameter.Name != "limit" || ranged.Got != "10" {
		t.Errorf("got %#v", err)
	}
	_, err = counterEntry.Open(with("limits", "10"))
	var unknown *catalog.UnknownError
	if !errors.As(err, &unknown) || unknown.Got != "limits" || unknown.Nearest != "limit" {
		t.Errorf("got %#v", err)
	}
}

// A runtime error in a constructor is not an error of the user.
func TestOpenLetsRuntimeErrorsThrough(t *testing.T) {
	e := catalog.Define("broken", "", func(struct{}) *model.Model[counter] {
		var none []int
		_ = none[len(none)]
		return nil
	})
	defer func() {
		if recover() == nil {
			t.Error("it did not panic")
		}
	}()
	e.Open(catalog.Settings{})
}

func TestValuesAreTyped(t *testing.T) {
	got := counterEntry.Values(catalog.With{"limit": "5", "down": "true", "step": "two", "start": "99"})
	want := map[string]any{"limit": 5, "down": true, "step": "two"}
	if !maps.Equal(got, want) {
		t.Errorf("got %v; want %v", got, want)
	}
}
