package goroutine

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/muster-mc/muster/model"
)

// Program is a piece of concurrent Go, from which [Program.Model] makes a model.
type Program[S any] struct {
	// Name is what reports call the model.
	Name string

	// Threads returns the field of the state that holds the goroutines, as a slice:
	// one Thread for each copy of each body, in the order of Bodies.
	Threads func(s *S) []Thread

	// Bodies is the code. Goroutines that are not Later run from the beginning.
	Bodies []Body[S]

	// Init makes channels and sets variables, as Init of [model.Model] does. Nil
	// means that everything is zero in the beginning.
	Init func(s *S, c *model.Choice) bool

	// Properties are those of the model.
	Properties []model.Property[S]

	_ struct{}
}

// Body is the code of one or more goroutines.
type Body[S any] struct {
	// Name is what reports call the goroutine. Copies have numbers, from 0 on.
	Name string

	// Copies is the number of goroutines that run the body; zero means one.
	Copies int

	// Later: the body does not run before another goroutine starts it with [G.Go].
	Later bool

	// Daemon: the goroutine may wait for ever when all others have returned, for
	// the end of main ends it. A goroutine that is no daemon and waits there is a
	// deadlock.
	Daemon bool

	// Unfair: the goroutine may stop at any statement for ever, like a client that
	// need not ask. All other goroutines go on when they can; see the package
	// comment.
	Unfair bool

	// Code is the statements, in order. The goroutine returns behind the last one.
	Code []Statement[S]

	_ struct{}
}

// Statement is one statement of a body: the Go that it transcribes, and a function
// that does the same to the state. [Do] makes one.
type Statement[S any] struct {
	text string
	do   func(s *S, g G) Next
}

// Do returns a statement. The text is the Go that it stands for, which reports show. The
// function returns what comes next, and [Blocked], before it changes anything, if the
// goroutine has to wait.
func Do[S any](text string, do func(s *S, g G) Next) Statement[S] { return Statement[S]{text, do} }

// The limits of a program.
const (
	// ThreadsMax is the largest number of goroutines of a program.
	ThreadsMax = 16

	statementsMax = 254 // of a body: Thread counts them in a byte
)

// Model returns the model of the program, to which properties, actions and a constraint
// can be added. It has an action for each statement of each goroutine, Waits says who
// waits for what, and only states in which all goroutines but daemons have returned are
// terminal.
//
// Model panics if the program has no name, no code or too much of it.
func (p Program[S]) Model() *model.Model[S] {
	r := newRunner(p)
	m := &model.Model[S]{
		Name: p.Name, Init: r.init, Properties: p.Properties, Terminal: r.isOver, Waits: r.waits,
	}
	for i := range r.threads {
		for n := range r.threads[i].code {
			m.Actions = append(m.Actions, r.action(i, n))
		}
	}
	return m
}

// thread is the constant part of one goroutine.
type thread[S any] struct {
	Body[S]
	name    string
	copy    int
	code    []Statement[S]
	enabled []*model.Model[S] // by statement: a model with its action alone
}

// runner is a program with its goroutines counted.
type runner[S any] struct {
	of      func(*S) []Thread
	begin   func(*S, *model.Choice) bool
	threads []thread[S]
	first   []int // by body: the first of its goroutines
}

func newRunner[S any](p Program[S]) *runner[S] {
	r := &runner[S]{of: p.Threads, begin: p.Init}
	for _, b := range p.Bodies {
		r.first = append(r.first, len(r.threads))
		for copied := range max(1, b.Copies) {
			t := thread[S]{Body: b, name: b.Name, copy: copied, code: numbered(b.Code)}
			if b.Copies > 1 {
				t.name += " " + strconv.Itoa(copied)
			}
			r.threads = append(r.threads, t)
		}
	}
	if problem := r.problem(p); problem != "" {
		panic("goroutine: " + p.Name + " " + problem)
	}
	for i := range r.threads {
		for n := range r.threads[i].code {
			one := []model.Action[S]{r.action(i, n)}
			r.threads[i].enabled = append(r.threads[i].enabled, &model.Model[S]{Name: p.Name, Actions: one})
		}
	}
	return r
}

// numbered tells statements with the same text apart, as a trace does with answers: the
// second one is text#2.
func numbered[S any](code []Statement[S]) []Statement[S] {
	code = slices.Clone(code)
	count := map[string]int{}
	for i := range code {
		text := code[i].text
		if count[text]++; count[text] > 1 {
			code[i].text += "#" + strconv.Itoa(count[text])
		}
	}
	return code
}

// problem says why there can be no model.
func (r *runner[S]) problem(p Program[S]) string {
	var s S
	switch n := len(r.threads); {
	case n == 0:
		return "has no Bodies"
	case n > ThreadsMax:
		return fmt.Sprintf("has %d goroutines; at most %d are supported", n, ThreadsMax)
	case p.Threads == nil:
		return "has no Threads: say which field of the state holds the goroutines"
	case len(p.Threads(&s)) != n:
		return fmt.Sprintf("has %d goroutines, and its state has room for %d: Threads must return as many", n, len(p.Threads(&s)))
	}
	for _, t := range r.threads {
		switch {
		case t.Name == "":
			return "has a body without a Name"
		case len(t.code) == 0:
			return "has no Code for " + t.Name
		case len(t.code) > statementsMax:
			return fmt.Sprintf("has %d statements for %s; at most %d are supported", len(t.code), t.Name, statementsMax)
		}
		for n, c := range t.code {
			if c.do == nil {
				return fmt.Sprintf("has no statement %d in %s", n, t.Name)
			}
		}
	}
	return ""
}

// init starts the goroutines that are not Later.
func (r *runner[S]) init(s *S, c *model.Choice) bool {
	if r.begin != nil && !r.begin(s, c) {
		return false
	}
	for i, threads := 0, r.of(s); i < len(threads); i++ {
		if !r.threads[i].Later {
			threads[i].at = 1
		}
	}
	return true
}

// isOver reports whether the program may end here.
func (r *runner[S]) isOver(s *S) bool {
	for i, t := range r.of(s) {
		if t.at != 0 && !r.threads[i].Daemon {
			return false
		}
	}
	return true
}

// action is one statement of one goroutine.
func (r *runner[S]) action(i, n int) model.Action[S] {
	t := &r.threads[i]
	do, at := t.code[n].do, uint8(n+1)
	a := model.Action[S]{
		Name: t.name + ": " + t.code[n].text,
		Do: func(s *S, c *model.Choice) bool {
			if now := &r.of(s)[i]; c.Reason("the goroutine is at this statement", now.at == at) {
				return c.Reason("nothing blocks the goroutine", r.step(s, G{id: uint8(i), copy: uint8(t.copy), c: c, t: now, r: r, s: s}, do))
			}
			return false
		},
	}
	if !t.Unfair {
		a.Fair = model.Strong
	}
	return a
}
