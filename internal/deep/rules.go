package deep

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
)

// Rules are what the types themselves do not say. The zero value is the strictest.
type Rules struct {
	// Ignore names fields that are no part of a value. A copy shares them.
	Ignore []string

	// Functions names fields whose functions are known by the name of their code,
	// although the code may have captured variables, be bound to a receiver, or be that of a
	// generic function.
	Functions []string

	// Constant names fields whose memory is never written to once it is there, so that it
	// does not matter which references share it.
	Constant []string

	// NilIsEmpty has an empty slice or map be the same as nil.
	NilIsEmpty bool

	// Rings are types that keep a window in a buffer.
	Rings []Ring

	// Forms are types with an encoding of their own: that of another value.
	Forms []Form
}

// Ring is a struct with a ring buffer. Of the buffer only the Count elements from Start on
// are part of the value, wherever they lie. The four names are that of the type and those
// of three of its fields.
type Ring struct{ Type, Buffer, Start, Count string }

// Form says that a value of a type is encoded as another value. Of is given a pointer to
// the value, as an interface, and must not change it.
type Form struct {
	Type reflect.Type
	Of   func(pointer any) any
}

// Codec encodes by rules. Any number of goroutines may use it.
type Codec struct {
	rules Rules
	plans sync.Map // of *plan by reflect.Type
}

// New returns a codec.
func New(r Rules) *Codec { return &Codec{rules: r} }

// plan is what a codec has found out about a type. To compare names with all rules takes longer
// than to visit a value, so it is done once for a type.
type plan struct {
	isBytes    bool // a slice or an array of single bytes
	references bool // values can refer to memory that could be written to
	form       func(pointer any) any
	ring       *Ring
	fields     []field
}

// field is a field of a struct that is part of a value, or is ignored.
type field struct {
	index    int
	name     string
	label    string // Type.field, for rules
	foreign  bool   // the type is of the standard library, which is not to blame
	ignored  bool
	byName   bool // its functions are known by name
	constant bool
}

// planOf returns the plan of a type. Two goroutines may make the same plan at one time; all get
// the one that was stored first.
func (c *Codec) planOf(t reflect.Type) *plan {
	if p, ok := c.plans.Load(t); ok {
		return p.(*plan)
	}
	p, _ := c.plans.LoadOrStore(t, c.plan(t))
	return p.(*plan)
}

// plan makes the plan of a type. It does not look into the types of parts: these get plans of
// their own when they are met, and a type that contains itself needs no care.
func (c *Codec) plan(t reflect.Type) *plan {
	p := &plan{references: Refers(t)}
	for _, f := range c.rules.Forms {
		if f.Type == t {
			p.form = f.Of
		}
	}
	if k := t.Kind(); k == reflect.Slice || k == reflect.Array {
		p.isBytes = t.Elem().Kind() == reflect.Uint8
	}
	if t.Kind() != reflect.Struct {
		return p
	}
	for i := range c.rules.Rings {
		if r := &c.rules.Rings[i]; isNamed(t, r.Type) {
			p.ring = r
		}
	}
	for i := range t.NumField() {
		// No code can read a field called _, so it is no part of a value. It is not copied either.
		if f := t.Field(i); f.Name != "_" {
			p.fields = append(p.fields, field{
				index: i, name: f.Name, label: label(t, f.Name), foreign: isStandard(t),
				ignored: hits(c.rules.Ignore, t, f.Name), byName: hits(c.rules.Functions, t, f.Name),
				constant: hits(c.rules.Constant, t, f.Name),
			})
		}
	}
	return p
}

// hits reports whether one of the names means a field. The name of the field is behind the last
// dot, since that of a type may have its package before it, as in raft.Node.logger.
func hits(names []string, t reflect.Type, field string) bool {
	return slices.ContainsFunc(names, func(name string) bool {
		dot := strings.LastIndexByte(name, '.')
		return dot > 0 && isNamed(t, name[:dot]) && (name[dot+1:] == field || name[dot+1:] == "*")
	})
}

// isNamed reports whether a type has a name, with or without its package.
func isNamed(t reflect.Type, name string) bool {
	short, long := names(t)
	return short != "" && (name == short || name == long)
}

// names returns the name of a type without and with its package. The arguments of a
// generic type are no part of either.
func names(t reflect.Type) (short, long string) {
	short, _, _ = strings.Cut(t.Name(), "[")
	long, _, _ = strings.Cut(t.String(), "[")
	return short, long
}

// isStandard reports whether a type is of the standard library: only the paths of its
// packages begin with a word without a dot, but for that of a program itself.
func isStandard(t reflect.Type) bool {
	first, _, _ := strings.Cut(t.PkgPath(), "/")
	return first != "" && first != "main" && !strings.Contains(first, ".")
}

// label is the name of a field for a rule, or nothing if its type has no name: no rule can name
// a field of such a type.
func label(t reflect.Type, field string) string {
	short, _ := names(t)
	if short == "" {
		return ""
	}
	return short + "." + field
}

// Refers reports whether values of a type refer to memory that could be written to. A
// string refers to memory that nothing can write to. A type can contain itself only by way of
// a pointer, a slice or a map, where the question is answered already, so this ends.
func Refers(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Pointer, reflect.Map, reflect.Slice, reflect.Interface, reflect.Chan, reflect.Func, reflect.UnsafePointer:
		return true
	case reflect.Array:
		return Refers(t.Elem())
	case reflect.Struct:
		for f := range t.Fields() {
			if Refers(f.Type) {
				return true
			}
		}
	}
	return false
}

// Refusal is a part of a value that cannot be encoded or copied.
type Refusal struct {
	Path    string // from the value on, such as raft.log.entries[2]
	Field   string // the innermost field outside of the standard library as rules name it, or nothing
	Problem string
	Advice  string
}

func (r *Refusal) Error() string {
	path := r.Path
	if path == "" {
		path = "the value itself"
	}
	return fmt.Sprintf("%s is %s: %s", path, r.Problem, r.Advice)
}
