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

	// The text of a key stands in the path of its value, so a key's parts are no leaves.
	silent bool // inside the key of a map, which is told in the path

	// The references that were met, by their places in memory: each is numbered, and
	// visited once.
	numbers map[place]int
	paths   []string // of the first references, if leaves are told
	spans   []span

	// Values that were made for this walk. They are kept until its end: the collector would
	// give their memory to new ones, which would be taken for the same by their addresses.
	made []any

	sorting map[uintptr]bool // maps whose keys are being put in order
}

// place is what a reference refers to. Values of different types can begin at one address.
type place struct {
	address uintptr
	typ     reflect.Type
	length  int // of a slice
}

// segment is a step from a value to a part: a field, an entry of a map, or an element if it is
// neither. Paths are kept as segments, and become text only for a leaf or a refusal: most walks
// need no text at all.
type segment struct {
	field *field
	index int
	key   string // of an entry of a map
}

func (c *Codec) walker() *walker { return &walker{codec: c, numbers: map[place]int{}} }

// walk visits the value that p points to. A refusal ends the walk from anywhere inside: it is a
// panic, for a walk is deep, and an error that each of its functions handed on would be in
// every line.
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
	// The value itself is the first reference, so a part that points back to it is a known one.
	w.meet(place{v.Pointer(), v.Type(), 0}, v.Type().Elem().Size())
	w.value(v.Elem())
	w.overlaps()
	return nil
}

// refuse ends the walk.
func (w *walker) refuse(problem, advice string) {
	panic(&Refusal{Path: w.where(), Field: w.listed(), Problem: problem, Advice: advice})
}

// value visits a value that can be addressed. It must have an address, because an unexported
// field can be read by that alone. A form of the rules comes before all else: whatever the type
// is, its author knows better.
func (w *walker) value(v reflect.Value) {
	p := w.codec.planOf(v.Type())
	if p.form != nil {
		form := p.form(v.Addr().Interface())
		w.made = append(w.made, form)
		w.boxed(reflect.ValueOf(form))
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

// scalar visits a value without parts. Numbers are encoded in as few bytes as they need. Floats
// are encoded by their bits: a zero with a sign differs from one without, as 1/x shows, and
// bits that are no number are equal to themselves, which == would deny.
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

// structure visits the fields. Of a ring buffer it visits the window, at the place of the
// buffer; where the window starts is no part of the value.
func (w *walker) structure(p *plan, v reflect.Value) {
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
	w.number(uint64(count))
	for i := range count {
		if n := buffer.Len(); n > 0 {
			w.element(i, buffer.Index((start+i)%n))
		}
	}
}

// intOf is an integer of any type as an int.
func intOf(v reflect.Value) int {
	if v.CanUint() {
		return int(v.Uint())
	}
	return int(v.Int())
}

// array visits the elements. Their number is part of the type and is not written.
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

// element visits an element of an array or a slice.
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
	// The type is part of the value: an int32 and an int64 are encoded alike. Two packages can
	// have one name, so the path is written too, which only a type with a name has.
	w.text(v.Type().PkgPath())
	w.text(v.Type().String())
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
	f := w.field()
	switch byName := f != nil && f.byName; {
	case byName:
	case !isPlain(name):
		w.refuse("the function "+name, "what it has captured cannot be seen. If it is always bound to this value itself, list the field in Functions"+w.spelled()+
			"; if it never makes a difference, in Ignore")
	case isGeneric(name):
		w.refuse("the function "+name, "its name does not say for which types it was made. If it is always made for the same ones, list the field in Functions"+w.spelled()+
			"; if it never makes a difference, in Ignore")
	}
	w.number(1)
	w.text(name)
	w.tell(func() string { return name })
}

// foreign refuses what has a life of its own: goroutines that wait at a channel are no part of
// the value, and it could not be put back as it was.
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

// listed is the innermost field that is not in the standard library, as rules name it. That is
// the field to be listed in a rule: which field of a time.Timer it was helps no reader.
func (w *walker) listed() string {
	for i := len(w.path) - 1; i >= 0; i-- {
		if f := w.path[i].field; f != nil && !f.foreign && f.label != "" {
			return f.label
		}
	}
	return ""
}

// nothing is for a nil of any kind. Every reference begins with a number, and this one is zero.
func (w *walker) nothing() {
	w.number(0)
	w.tell(func() string { return "nil" })
}

// number appends a number in one byte if it is below 128, as most are.
func (w *walker) number(n uint64) { w.out = binary.AppendUvarint(w.out, n) }

// text appends a text with its length before it, so that two texts do not run together.
func (w *walker) text(s string) {
	w.number(uint64(len(s)))
	w.out = append(w.out, s...)
}

// tell is called with a function, since the text of a leaf is made only where leaves are wanted.
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

// zigzag turns small negative numbers into small numbers without a sign: 0, -1, 1, -2 into 0, 1,
// 2, 3.
func zigzag(n int64) uint64 { return uint64(n)<<1 ^ uint64(n>>63) }

func b2i(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}

// open returns a field as a value that reflection lets be read and written, whether it is
// exported or not. Reflection refuses unexported fields that were reached by name, and not a
// variable at their address.
func open(v reflect.Value) reflect.Value {
	return reflect.NewAt(v.Type(), v.Addr().UnsafePointer()).Elem()
}

// variable returns a new variable with a value: keys, values of maps and what an interface holds
// have no address.
func variable(v reflect.Value) reflect.Value {
	x := reflect.New(v.Type()).Elem()
	x.Set(v)
	return x
}
