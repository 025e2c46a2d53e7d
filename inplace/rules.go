package inplace

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/muster-mc/muster/internal/deep"
)

// Rules say what belongs to a value, as far as its type does not. The zero value takes
// everything that can be reached, and is right more often than not.
//
// A field is named by the type that declares it, with or without its package:
// "raft.logger", or "raft.raft.logger". "MessageState.*" is all fields of a type. A name
// that no type has is no error, so that one list can serve several versions of a library.
type Rules struct {
	// Ignore names fields that are no part of a value, because no step depends on them:
	// loggers, statistics, caches. Copies of the value share them. Beware: of two values
	// that differ in ignored fields only one is explored further.
	Ignore []string

	// Functions names fields with functions that are known by the name of their code. It
	// is for methods that are bound to the value itself, as in r.tick = r.tickElection,
	// and for closures that have captured nothing that changes.
	Functions []string

	// Constant names fields with slices and pointers whose memory is never written to
	// once it is there, so that it is no matter which of them share it.
	Constant []string

	// NilIsEmpty has an empty slice or map be the same as nil, for code that looks at
	// lengths only.
	NilIsEmpty bool

	// Rings are the ring buffers.
	Rings []Ring

	// Forms are types with an encoding of their own. Make one with FormOf.
	Forms []Form

	_ struct{}
}

// Ring is a struct type that keeps a window in a buffer, by its name and those of three of
// its fields: of the buffer only the Count elements from Start on are part of the value,
// wherever they lie.
//
//	{Type: "tracker.Inflights", Buffer: "buffer", Start: "start", Count: "count"}
type Ring = deep.Ring

// Form is a type whose values are encoded as other values. Make one with [FormOf].
type Form = deep.Form

// FormOf says that values of type X are what of returns of them, for types that have many
// forms in memory of what is one value. What of returns must say everything that a later
// step can depend on. It must not change the value.
func FormOf[X any](of func(*X) any) Form {
	return Form{Type: reflect.TypeFor[X](), Of: func(p any) any { return of(p.(*X)) }}
}

func (r *Rules) codec() *deep.Codec {
	return deep.New(deep.Rules{Ignore: r.Ignore, Functions: r.Functions, Constant: r.Constant, NilIsEmpty: r.NilIsEmpty, Rings: r.Rings, Forms: r.Forms})
}

// problem says which rule cannot mean anything.
func (r *Rules) problem() string {
	for _, list := range []struct {
		name   string
		fields []string
	}{{"Ignore", r.Ignore}, {"Functions", r.Functions}, {"Constant", r.Constant}} {
		for _, f := range list.fields {
			if dot := strings.LastIndexByte(f, '.'); dot <= 0 || dot == len(f)-1 {
				return fmt.Sprintf("its Rules.%s has %q: a field is named by the type that declares it, as \"Type.field\", and all fields of a type as \"Type.*\"", list.name, f)
			}
		}
	}
	for _, ring := range r.Rings {
		if ring.Type == "" || ring.Buffer == "" || ring.Start == "" || ring.Count == "" {
			return fmt.Sprintf("its Rules.Rings has %+v: a ring is a type and three of its fields", ring)
		}
	}
	for _, f := range r.Forms {
		if f.Type == nil || f.Of == nil {
			return "its Rules.Forms has a form without a type or a function: FormOf makes one"
		}
	}
	return ""
}

// strict is the codec of the same rules, but for what they ignore.
func (r *Rules) strict() *deep.Codec {
	all := *r
	all.Ignore = nil
	return all.codec()
}
