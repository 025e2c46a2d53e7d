package codec

import (
	"bytes"
	"reflect"
	"slices"
)

// A reference encodes, decodes and copies values by plain reflection. It is slow,
// allocates memory for everything, and is easy to verify by reading. The tests
// compare the compiled program with it, and with the build tag purego it is the
// only implementation.
type reference struct {
	*shape
}

// append appends the encoding of a value.
func (t reference) append(dst []byte, v reflect.Value) []byte {
	switch v.Kind() {
	case reflect.Bool:
		if v.Bool() {
			return append(dst, 1)
		}
		return append(dst, 0)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return appendNumber(dst, v.Type().Size(), uint64(v.Int()))
	case reflect.String:
		return append(appendLength(dst, v.Len()), v.String()...)
	case reflect.Array:
		return append(dst, bytes.Join(t.elements(v), nil)...)
	case reflect.Slice:
		dst = appendCount(dst, v.Len(), t.elem.least)
		return append(dst, bytes.Join(t.elements(v), nil)...)
	case reflect.Map:
		dst = appendLength(dst, v.Len())
		return append(dst, bytes.Join(t.entries(v), nil)...)
	case reflect.Pointer:
		if v.IsNil() {
			return append(dst, 0)
		}
		return reference{t.elem}.append(append(dst, 1), v.Elem())
	case reflect.Struct:
		for i, f := range t.fields {
			if f.shape != nil {
				dst = reference{f.shape}.append(dst, v.Field(i))
			}
		}
		return dst
	default:
		return appendNumber(dst, v.Type().Size(), v.Uint())
	}
}

// elements returns the encodings of the elements of an array or a slice.
func (t reference) elements(v reflect.Value) [][]byte {
	all := make([][]byte, v.Len())
	for i := range all {
		all[i] = reference{t.elem}.append(nil, v.Index(i))
	}
	if t.unordered {
		slices.SortFunc(all, bytes.Compare)
	}
	return all
}

// entries returns the encodings of the entries of a map. Keys differ, and no encoded key
// is the beginning of another, so the order of whole entries is the order of their keys.
func (t reference) entries(v reflect.Value) [][]byte {
	var all [][]byte
	for m := v.MapRange(); m.Next(); {
		key := reference{t.key}.append(nil, m.Key())
		all = append(all, reference{t.elem}.append(key, m.Value()))
	}
	slices.SortFunc(all, bytes.Compare)
	return all
}

// replace overwrites a value with the one at the start of src.
func (t reference) replace(v reflect.Value, src []byte) (rest []byte, ok bool) {
	switch v.Kind() {
	case reflect.Bool:
		b, rest, ok := cutNumber(src, 1)
		v.SetBool(b == 1)
		return rest, ok && b <= 1
	// A number is cut without its sign, and the shifts spread the highest bit of its size
	// over the word.
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		x, rest, ok := cutNumber(src, v.Type().Size())
		unused := 64 - v.Type().Bits()
		v.SetInt(int64(x) << unused >> unused)
		return rest, ok
	case reflect.String:
		return replaceString(v, src)
	case reflect.Array:
		return t.replaceAll(v, src)
	case reflect.Slice:
		return t.replaceSlice(v, src)
	case reflect.Map:
		return t.replaceMap(v, src)
	case reflect.Pointer:
		return t.replacePointer(v, src)
	case reflect.Struct:
		return t.replaceFields(v, src)
	default:
		x, rest, ok := cutNumber(src, v.Type().Size())
		v.SetUint(x)
		return rest, ok
	}
}

// replaceString overwrites a string.
func replaceString(v reflect.Value, src []byte) (rest []byte, ok bool) {
	n, rest, ok := cutCount(src, 1)
	if !ok {
		return src, false
	}
	v.SetString(string(rest[:n]))
	return rest[n:], true
}

// replaceSlice overwrites a slice by one in new memory. A slice of no elements is made
// too, because a decoded slice is never nil.
func (t reference) replaceSlice(v reflect.Value, src []byte) (rest []byte, ok bool) {
	n, rest, ok := cutCount(src, t.elem.least)
	if !ok {
		return src, false
	}
	v.Set(reflect.MakeSlice(v.Type(), n, n))
	return t.replaceAll(v, rest)
}

// replaceAll overwrites the elements of an array or a slice. The elements of an unordered
// slice must be sorted. Without that, one multiset would have several encodings. Equal
// elements may follow each other, as entries of a map may not.
func (t reference) replaceAll(v reflect.Value, src []byte) (rest []byte, ok bool) {
	var last []byte
	for i := range v.Len() {
		if rest, ok = (reference{t.elem}).replace(v.Index(i), src); !ok {
			return rest, false
		}
		this := consumed(src, rest)
		if t.unordered && bytes.Compare(last, this) > 0 {
			return rest, false
		}
		last, src = this, rest
	}
	return src, true
}

// replaceMap overwrites a map. The keys must be sorted and different. Two equal keys
// would make a map of fewer entries, whose encoding is another one.
func (t reference) replaceMap(v reflect.Value, src []byte) (rest []byte, ok bool) {
	n, src, ok := cutCount(src, t.key.least+t.elem.least)
	if !ok {
		return src, false
	}
	v.Set(reflect.MakeMap(v.Type()))
	var last []byte
	for i := range n {
		key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		if rest, ok = (reference{t.key}).replace(key, src); !ok {
			return rest, false
		}
		this := consumed(src, rest)
		if i > 0 && bytes.Compare(last, this) >= 0 {
			return rest, false
		}
		if src, ok = (reference{t.elem}).replace(value, rest); !ok {
			return src, false
		}
		v.SetMapIndex(key, value)
		last = this
	}
	return src, true
}

// replacePointer overwrites a pointer by nil or by a pointer to a new value.
func (t reference) replacePointer(v reflect.Value, src []byte) (rest []byte, ok bool) {
	there, rest, ok := cutNumber(src, 1)
	v.SetZero()
	if !ok || there != 1 {
		return rest, ok && there == 0
	}
	v.Set(reflect.New(v.Type().Elem()))
	return reference{t.elem}.replace(v.Elem(), rest)
}

// replaceFields overwrites the fields of a struct. Ignored fields become zero. A field
// that is ignored has any type, so it is set through reflection whatever it holds.
func (t reference) replaceFields(v reflect.Value, src []byte) (rest []byte, ok bool) {
	for i, f := range t.fields {
		part := open(v.Field(i))
		if f.shape == nil {
			part.SetZero()
		} else if src, ok = (reference{f.shape}).replace(part, src); !ok {
			return src, false
		}
	}
	return src, true
}

// clone overwrites a value with a copy of another. Keys are assigned as they are: they
// have no pointers, and a string never changes.
func (t reference) clone(dst, src reflect.Value) {
	switch dst.Kind() {
	case reflect.Array:
		t.cloneAll(dst, src)
	case reflect.Slice:
		dst.Set(reflect.MakeSlice(dst.Type(), src.Len(), src.Len()))
		t.cloneAll(dst, src)
	case reflect.Map:
		dst.Set(reflect.MakeMap(dst.Type()))
		for m := src.MapRange(); m.Next(); {
			from, to := reflect.New(dst.Type().Elem()).Elem(), reflect.New(dst.Type().Elem()).Elem()
			from.Set(m.Value()) // clone takes addresses, which map entries do not have
			reference{t.elem}.clone(to, from)
			dst.SetMapIndex(m.Key(), to)
		}
	case reflect.Pointer:
		dst.SetZero()
		if !src.IsNil() {
			dst.Set(reflect.New(dst.Type().Elem()))
			reference{t.elem}.clone(dst.Elem(), src.Elem())
		}
	case reflect.Struct:
		for i, f := range t.fields {
			if f.shape == nil {
				open(dst.Field(i)).SetZero()
			} else {
				reference{f.shape}.clone(open(dst.Field(i)), open(src.Field(i)))
			}
		}
	default:
		dst.Set(src)
	}
}

// cloneAll copies the elements of an array or a slice.
func (t reference) cloneAll(dst, src reflect.Value) {
	for i := range src.Len() {
		reference{t.elem}.clone(dst.Index(i), src.Index(i))
	}
}

// open returns a field as a variable that can be set even if the field is
// unexported: reflection forbids setting the field, but not the variable at the
// field's address.
func open(field reflect.Value) reflect.Value {
	return reflect.NewAt(field.Type(), field.Addr().UnsafePointer()).Elem()
}
