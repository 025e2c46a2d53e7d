package inplace

import (
	"errors"
	"fmt"
	"path"
	"runtime"
	"strings"

	"github.com/muster-mc/muster/internal/deep"
	"github.com/muster-mc/muster/model"
)

// result is what a step has done to an object.
type result[T, V, Out any] struct {
	object      *T
	out         Out
	outEncoding []byte
	view        V
	encoding    []byte
	ref         Ref[T]
	stop        any  // a *Failure or a *model.Breach
	spent       bool // the object has taken further steps
}

// Failure is a panic of the library. Whoever asks for the step again gets the same.
type Failure struct {
	Value any    // of the panic
	At    string // the function, the file and the line
}

func (f *Failure) Error() string { return fmt.Sprint(f.Value) }

// Site says where the panic was, for a report.
func (f *Failure) Site() string { return f.At }

// attempt runs a step and takes down what it has done. A panic of the library is the result
// of the step.
func (t *table[T, V, In, Out]) attempt(run func() (*T, Out)) (r result[T, V, Out]) {
	defer func() {
		switch p := recover().(type) {
		case nil:
		case *model.Breach:
			r.stop = p
		default:
			r.stop = &Failure{p, panicSite()}
		}
	}()
	r.object, r.out = run()
	t.takeDown(&r)
	return r
}

// takeDown encodes the object, and copies what the step has returned and what is to be seen
// of the object: the object will take further steps.
func (t *table[T, V, In, Out]) takeDown(r *result[T, V, Out]) {
	r.encoding = t.encode(r.object, "")
	r.ref = refOf[T](r.encoding)
	r.outEncoding = t.encode(&r.out, "what its Step returns: ")
	if t.machine.View != nil {
		r.view = t.machine.View(r.object)
	}
	if t.copies.view {
		r.view = *copyOf(t, &r.view, "its View")
	}
	if t.copies.out {
		r.out = *copyOf(t, &r.out, "what its Step returns")
	}
}

func (t *table[T, V, In, Out]) encode(p any, what string) []byte {
	b, err := t.codec.Append(nil, p)
	if err != nil {
		panic(t.refusal(what, err))
	}
	return b
}

func copyOf[T, V any, In comparable, Out, X any](t *table[T, V, In, Out], x *X, what string) *X {
	c, err := t.codec.Copy(x)
	if err != nil {
		panic(t.refusal(what+": ", err))
	}
	return c.(*X)
}

// refusal is a part of an object that cannot be in one.
func (t *table[T, V, In, Out]) refusal(what string, err error) *model.Breach {
	var r *deep.Refusal
	if !errors.As(err, &r) {
		return &model.Breach{Problem: fmt.Sprintf("the machine %s: %s%v", t.name, what, err)}
	}
	return &model.Breach{Problem: fmt.Sprintf("the machine %s cannot be taken apart: %s%v", t.name, what, r)}
}

// panicSite names the innermost function that raised a panic, as far as it is no function
// whose business it is to panic.
func panicSite() string {
	var pcs [64]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(3, pcs[:])])
	inRuntime := false
	for {
		f, more := frames.Next()
		name := f.Function[strings.LastIndexByte(f.Function, '/')+1:]
		switch {
		case strings.HasPrefix(f.Function, "runtime."):
			inRuntime = true
		case inRuntime && !isMessenger(name):
			return fmt.Sprintf(", in %s at %s:%d", name, path.Base(f.File), f.Line)
		}
		if !more {
			return ""
		}
	}
}

// isMessenger reports whether a function only carries out a panic: that of a logger.
func isMessenger(name string) bool {
	return strings.HasPrefix(name, "log.") || strings.HasPrefix(name[strings.LastIndexByte(name, '.')+1:], "Panic")
}
