package deep

import (
	"encoding/binary"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"
)

// Append appends the encoding of the value that p points to. The error is a [*Refusal].
func (c *Codec) Append(dst []byte, p any) (encoded []byte, err error) {
	w := c.walker()
	w.out = dst
	if err := w.walk(p); err != nil {
		return dst, err
	}
	return w.out, nil
}

// walker visits a value part by part, in an order that depends on the value alone, and
// writes down what it meets.
type walker struct {
	codec *Codec
	out   []byte
	leaf  func(text string) // told of each part without parts of its own, if not nil
	path  []segment

	silent bool // inside the key of a map, which is told in the path

	// The references that were met, by their places in memory: each is numbered, and
	// visited once.
	numbers map[place]int
	paths   []string // of the first references, if leaves are told
	spans   []span

	sorting map[uintptr]bool // maps whose keys are being put in order

	// kept has what was made for the walk alone. The memory of such a value must not be
	// given to the next one while places in it have numbers.
	kept  []any
	depth int // of the values around the one that is visited
}

// depthMax is how many values may be inside of each other. A list of a hundred thousand
// elements has two values for each: an element, and the pointer to the next one.
const depthMax = 200_000

// place is what a reference refers to. Values of different types can begin at one address.
type place struct {
	address uintptr
	typ     reflect.Type
	length  int // of a slice
}

// segment is a step from a value to a part: a field, or an element if it has no name.
type segment struct {
	field *field
	index int
	key   string // of an entry of a map
}

func (c *Codec) walker() *walker { return &walker{codec: c, numbers: map[place]int{}} }

// walk visits the value that p points to. A refusal ends the walk from anywhere inside.
func (w *walker) walk(p any) (err error) {
	defer func() {
		if r := recover(); r != nil {
			refusal, ok := r.(*Refusal)
			if !ok {
				panic(r)
			}
			err = refusal
		}
	}()
	v := reflect.ValueOf(p)
	if v.Kind() != reflect.Pointer || v.IsNil() {
		panic(fmt.Sprintf("deep: want a pointer to a value, got %T", p))
	}
	w.meet(place{v.Pointer(), v.Type(), 0}, v.Type().Elem().Size())
	w.value(v.Elem())
	w.overlaps()
	return nil
}

// refuse ends the walk.
func (w *walker) refuse(problem, advice string) {
	panic(&Refusal{Path: w.where(), Field: w.listed(), Problem: problem, Advice: advice})
}

// value visits a value that can be addressed.
func (w *walker) value(v reflect.Value) {
	if w.depth++; w.depth > depthMax {
		w.path = w.path[:min(len(w.path), 4)]
		w.refuse("the beginning of a chain of too many references", fmt.Sprintf("there are more than %d values inside of each other. Use a smaller object, or give the type a form of its own", depthMax))
	}
	w.visit(v)
	w.depth--
}

func (w *walker) visit(v reflect.Value) {
	p := w.codec.planOf(v.Type())
	if p.form != nil {
		w.formed(p, v)
		return
	}
	if visit := special(v.Type()); visit != nil {
		visit(w, v)
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		w.structure(p, v)
	case reflect.Array:
		w.array(p, v)
	case reflect.Slice:
		w.slice(p, v)
	case reflect.Map:
		w.mapping(v)
	case reflect.Pointer:
		w.pointer(v)
	case reflect.Interface:
		w.boxed(v.Elem())
	case reflect.Func:
		w.function(v)
	case reflect.Chan, reflect.UnsafePointer:
		w.foreign(v)
	default:
		w.scalar(v)
	}
}

// formed visits what a form returns of a value.
func (w *walker) formed(p *plan, v reflect.Value) {
	x := p.form(v.Addr().Interface())
	if t := reflect.TypeOf(x); t == v.Type() || t != nil && t.Kind() == reflect.Pointer && t.Elem() == v.Type() {
		w.refuse("of a type whose form returns "+t.String(), "the form would be asked for the form of that, without end. It must return a value of another type")
	}
	w.kept = append(w.kept, x)
	w.boxed(reflect.ValueOf(x))
}

func (w *walker) scalar(v reflect.Value) {
	switch {
	case v.CanInt():
		w.number(zigzag(v.Int()))
		w.tell(func() string { return strconv.FormatInt(v.Int(), 10) })
	case v.CanUint():
		w.number(v.Uint())
		w.tell(func() string { return strconv.FormatUint(v.Uint(), 10) })
	case v.CanFloat():
		w.out = binary.LittleEndian.AppendUint64(w.out, math.Float64bits(v.Float()))
		w.tell(func() string { return strconv.FormatFloat(v.Float(), 'g', -1, 64) })
	case v.CanComplex():
		c := v.Complex()
		w.out = binary.LittleEndian.AppendUint64(w.out, math.Float64bits(real(c)))
		w.out = binary.LittleEndian.AppendUint64(w.out, math.Float64bits(imag(c)))
		w.tell(func() string { return strconv.FormatComplex(c, 'g', -1, 128) })
	case v.Kind() == reflect.Bool:
		w.number(b2i(v.Bool()))
		w.tell(func() string { return strconv.FormatBool(v.Bool()) })
	default:
		w.text(v.String())
		w.tell(func() string { return strconv.Quote(v.String()) })
	}
}

// structure visits the fields. Of a ring buffer it visits the window.
func (w *walker) structure(p *plan, v reflect.Value) {
	if p.problem != "" {
		w.refuse("a "+v.Type().String()+", which Rings names", p.problem)
	}
	for i := range p.fields {
		f := &p.fields[i]
		if f.ignored || p.ring != nil && f.name == p.ring.Start {
			continue
		}
		w.path = append(w.path, segment{field: f})
		if p.ring != nil && f.name == p.ring.Buffer {
			w.window(p.ring, v)
		} else {
			w.value(open(v.Field(f.index)))
		}
		w.path = w.path[:len(w.path)-1]
	}
}

// window visits the elements of a ring buffer that are in use.
func (w *walker) window(r *Ring, v reflect.Value) {
	buffer := open(v.FieldByName(r.Buffer))
	start, count := intOf(v.FieldByName(r.Start)), intOf(v.FieldByName(r.Count))
	if start < 0 || count < 0 {
		w.refuse("a ring buffer without a window", fmt.Sprintf("it begins at %d and has %d elements", start, count))
	}
	w.number(uint64(count))
	for i := range count {
		if n := buffer.Len(); n > 0 {
			w.element(i, buffer.Index((start+i)%n))
		}
	}
}

func intOf(v reflect.Value) int {
	if v.CanUint() {
		return int(v.Uint())
	}
	return int(v.Int())
}

func (w *walker) array(p *plan, v reflect.Value) {
	if p.isBytes {
		b := v.Slice(0, v.Len()).Bytes()
		w.out = append(w.out, b...)
		w.tell(func() string { return fmt.Sprintf("%q", b) })
		return
	}
	for i := range v.Len() {
		w.element(i, v.Index(i))
	}
}

func (w *walker) element(i int, v reflect.Value) {
	w.path = append(w.path, segment{index: i})
	w.value(v)
	w.path = w.path[:len(w.path)-1]
}

// boxed visits the value in an interface. It has no address, and the copy has the same
// references.
func (w *walker) boxed(v reflect.Value) {
	if !v.IsValid() {
		w.nothing()
		return
	}
	w.number(1)
	w.typeName(v.Type())
	w.value(variable(v))
}

// function is known by its name. A closure has variables that reflection cannot see, and
// neither can it see to what a method is bound.
func (w *walker) function(v reflect.Value) {
	if v.IsNil() {
		w.nothing()
		return
	}
	name := nameOf(v)
	if f := w.field(); !isPlain(name) && (f == nil || !f.byName) {
		w.refuse("the function "+name, "what it has captured cannot be seen. If it is always bound to this value itself, list the field in Functions"+w.spelled()+
			"; if it never makes a difference, in Ignore")
	}
	w.number(1)
	w.text(name)
	if strings.HasSuffix(name, "[...]") { // so are all functions of this name called, for whatever types
		w.number(uint64(v.Pointer() - reflect.ValueOf(isPlain).Pointer()))
	}
	w.tell(func() string { return name })
}

// foreign refuses what has a life of its own.
func (w *walker) foreign(v reflect.Value) {
	switch {
	case v.IsNil():
		w.nothing()
	case v.Kind() == reflect.Chan:
		w.refuse("a channel", "code that waits for other goroutines is no deterministic step. Cut the step so that the code inside has none, or list the field in Ignore"+w.spelled()+" if no step uses it")
	default:
		w.refuse("an unsafe pointer", "what it points to cannot be seen. Give the type a form of its own, or list the field in Ignore"+w.spelled())
	}
}

// spelled is the field to be listed, as rules name it.
func (w *walker) spelled() string {
	if name := w.listed(); name != "" {
		return fmt.Sprintf(" as %q", name)
	}
	return ""
}

// listed is the innermost field that is not in the standard library, as rules name it.
func (w *walker) listed() string {
	for i := len(w.path) - 1; i >= 0; i-- {
		if f := w.path[i].field; f != nil && !f.foreign && f.label != "" {
			return f.label
		}
	}
	return ""
}

func (w *walker) nothing() {
	w.number(0)
	w.tell(func() string { return "nil" })
}

func (w *walker) number(n uint64) { w.out = binary.AppendUvarint(w.out, n) }

func (w *walker) text(s string) {
	w.number(uint64(len(s)))
	w.out = append(w.out, s...)
}

func (w *walker) tell(text func() string) {
	if w.leaf != nil && !w.silent {
		w.leaf(text())
	}
}

// field is the innermost field on the path.
func (w *walker) field() *field {
	for i := len(w.path) - 1; i >= 0; i-- {
		if f := w.path[i].field; f != nil {
			return f
		}
	}
	return nil
}

// where is the path as Go would write it.
func (w *walker) where() string {
	var b strings.Builder
	for _, s := range w.path {
		switch {
		case s.field != nil:
			b.WriteString("." + s.field.name)
		case s.key != "":
			b.WriteString("[" + s.key + "]")
		default:
			b.WriteString("[" + strconv.Itoa(s.index) + "]")
		}
	}
	return strings.TrimPrefix(b.String(), ".")
}

func zigzag(n int64) uint64 { return uint64(n)<<1 ^ uint64(n>>63) }

func b2i(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}

// open returns a field as a value that reflection lets be read, whether it is exported or
// not.
func open(v reflect.Value) reflect.Value {
	return reflect.NewAt(v.Type(), v.Addr().UnsafePointer()).Elem()
}

// variable returns a new variable with a value.
func variable(v reflect.Value) reflect.Value {
	x := reflect.New(v.Type()).Elem()
	x.Set(v)
	return x
}
