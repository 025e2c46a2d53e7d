package inplace_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/inplace"
	"github.com/muster-mc/muster/model"
)

type counterMachine = inplace.Machine[counter, int, uint8, int]

// A mistake in a function of the machine itself is an error that names the function, and no
// finding about the library.
func TestMistakesOfTheDefinition(t *testing.T) {
	stop := make(chan struct{})
	t.Cleanup(func() { close(stop) })
	var made, seen int
	shared := map[string]int{}
	for _, test := range []struct {
		name string
		m    counterMachine
		want []string
	}{
		{"New panics the second time", counterMachine{New: func(int) *counter {
			if made++; made == 2 {
				panic("no more of them")
			}
			return &counter{}
		}}, []string{`New(1) ends with no panic once, and with the panic "no more of them" once`}},
		{"New leaves a goroutine", counterMachine{New: func(int) *counter { go func() { <-stop }(); return &counter{} }},
			[]string{"New(1) leaves a goroutine behind", "TestMistakesOfTheDefinition"}},
		{"New shares a map", counterMachine{
			New:  func(int) *counter { return &counter{scratch: shared} },
			Step: func(c *counter, _ uint8) int { shared["a"]++; return 0 },
		}, []string{"a step of one object changes another one", `scratch["a"] is `, "a global variable"}},
		{"View depends on more", counterMachine{View: func(c *counter) int { seen++; return seen % 100 }},
			[]string{"its View shows equal objects differently: the value itself is "}},
		{"View writes", counterMachine{View: func(c *counter) int { c.inner.calls++; return c.n }},
			[]string{"its View changes the object", "inner.calls is 0 once and 1 once"}},
		{"View writes later", counterMachine{View: func(c *counter) int {
			if c.n > 0 {
				c.jitter++
			}
			return c.n
		}}, []string{"its View changes the object", "jitter is 0 once and 1 once"}},
		{"Copy returns nil", counterMachine{Copy: func(*counter) *counter { return nil }}, []string{"its Copy returns nil"}},
		{"Copy panics", counterMachine{Copy: func(*counter) *counter { panic("no copy") }}, []string{"its Copy panics: no copy, in "}},
		{"Copy is the object", counterMachine{Copy: func(c *counter) *counter { return c }}, []string{"its Copy shares memory", "n is 0 once and 1 once"}},
		{"Copy forgets", counterMachine{
			Step: func(c *counter, _ uint8) int { c.n++; c.inner.calls++; return 0 },
			Copy: func(c *counter) *counter { return &counter{n: c.n} },
		}, []string{"its Copy is not equal to the object", "inner.calls is 1 once and 0 once"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := explore.Check(context.Background(), countingBy(completed(test.m)), explore.Options{})
			var breach *explore.ContractError
			if !errors.As(err, &breach) {
				t.Fatalf("got %v, want a ContractError", err)
			}
			for _, want := range test.want {
				if !strings.Contains(breach.Problem, want) {
					t.Errorf("%q is not in:\n%s", want, breach.Problem)
				}
			}
		})
	}
}

// completed has the functions of a counter where a machine has none.
func completed(m counterMachine) counterMachine {
	if m.New == nil {
		m.New = func(int) *counter { return &counter{} }
	}
	if m.Step == nil {
		m.Step = func(c *counter, _ uint8) int { c.n++; return 0 }
	}
	if m.View == nil {
		m.View = func(c *counter) int { return c.n }
	}
	return m
}

// Rules that cannot mean anything are named before a search begins, and those that a type
// does not fit when the type is met.
func TestMistakesOfTheRules(t *testing.T) {
	for _, test := range []struct {
		rules inplace.Rules
		want  string
	}{
		{inplace.Rules{Ignore: []string{"logger"}}, `its Rules.Ignore has "logger": a field is named by the type that declares it`},
		{inplace.Rules{Functions: []string{"counter."}}, `its Rules.Functions has "counter."`},
		{inplace.Rules{Constant: []string{""}}, `its Rules.Constant has ""`},
		{inplace.Rules{Rings: []inplace.Ring{{Type: "counter"}}}, "its Rules.Rings has {Type:counter"},
		{inplace.Rules{Forms: []inplace.Form{{}}}, "FormOf makes one"},
		{inplace.Rules{Rings: []inplace.Ring{{Type: "counter", Buffer: "elements", Start: "n", Count: "n"}}}, `the rule has "elements"`},
	} {
		_, err := explore.Check(context.Background(), counting(func(c *counter) { c.n++ }, test.rules), explore.Options{})
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("got %v, want %q", err, test.want)
		}
	}
	values := inplace.ValuesOf(inplace.Value[int]{Rules: inplace.Rules{Ignore: []string{"a"}}})
	if p := values.Problem(); !strings.Contains(p, `the value int: its Rules.Ignore has "a"`) {
		t.Errorf("the problem of the values is %q", p)
	}
}

// A Copy of a value is put to the test for each value.
func TestMistakesOfAValue(t *testing.T) {
	type note struct{ text string }
	for name, test := range map[string]struct {
		by   func(*note) *note
		want string
	}{
		"forgets": {func(*note) *note { return &note{} }, `its Copy is not equal to the value that it copies: text is "a" once and "" once`},
		"nil":     {func(*note) *note { return nil }, "its Copy returns nil"},
		"panics":  {func(*note) *note { panic("no") }, "its Copy panics: no"},
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if b, ok := recover().(*model.Breach); !ok || !strings.Contains(b.Problem, test.want) {
					t.Errorf("got %v, want %q", b, test.want)
				}
			}()
			inplace.ValuesOf(inplace.Value[note]{Copy: test.by}).Put(&note{"a"})
		})
	}
}

// A panic whose text has an address is the same panic when the step is run again.
func TestPanicWithAnAddress(t *testing.T) {
	r, err := explore.Check(context.Background(), counting(func(c *counter) { panic(struct{ at *int }{new(int)}) }, inplace.Rules{}), explore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if p := r.Properties[len(r.Properties)-1]; p.Name != explore.Panic || p.Trace.Length != 1 {
		t.Errorf("%s after %d states, want Panic after 1", p.Name, p.Trace.Length)
	}
}

// What a step returns is compared where objects that count as equal have come two ways.
func TestIgnoredFieldInTheResult(t *testing.T) {
	m := completed(counterMachine{
		Step: func(c *counter, in uint8) int {
			if c.n < 3 {
				c.n++
			}
			c.jitter += int64(in)
			return int(c.jitter)
		},
		Rules: inplace.Rules{Ignore: []string{"counter.jitter"}},
	})
	_, err := explore.Check(context.Background(), countingBy(m), explore.Options{})
	if err == nil || !strings.Contains(err.Error(), "which therefore must not be ignored: jitter is ") {
		t.Errorf("got %v", err)
	}
}

// The name of a machine is one line of a report, whatever is in it.
func TestNameOfAMachine(t *testing.T) {
	m := inplace.Of(completed(counterMachine{Name: " a\nb\x1b[31m "}))
	if got := m.Account().Name; got != `a b\x1b[31m` {
		t.Errorf("got %q", got)
	}
}
