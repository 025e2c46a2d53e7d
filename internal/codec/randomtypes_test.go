package codec

import (
	"fmt"
	"math/rand/v2"
	"reflect"

	"pgregory.net/rapid"
)

// The property tests draw random types, which include combinations that no list of
// examples would have.

// leaves are the types without parts.
var leaves = []reflect.Type{
	reflect.TypeFor[bool](), reflect.TypeFor[string](), reflect.TypeFor[uintptr](),
	reflect.TypeFor[int](), reflect.TypeFor[int8](), reflect.TypeFor[int16](), reflect.TypeFor[int32](), reflect.TypeFor[int64](),
	reflect.TypeFor[uint](), reflect.TypeFor[uint8](), reflect.TypeFor[uint16](), reflect.TypeFor[uint32](), reflect.TypeFor[uint64](),
}

// ignorable are types for ignored fields: types that are refused elsewhere, and
// some others.
var ignorable = []reflect.Type{
	reflect.TypeFor[func()](), reflect.TypeFor[chan int](), reflect.TypeFor[any](), reflect.TypeFor[float64](),
	reflect.TypeFor[[]string](), reflect.TypeFor[*int](), reflect.TypeFor[map[string]int](), reflect.TypeFor[[3]int16](),
	reflect.TypeFor[struct {
		A int8
		P *int
	}](),
}

func drawStruct(t *rapid.T) reflect.Type { return structType(t, 3) }

// anyType draws a type that can be part of a state, of limited depth.
func anyType(t *rapid.T, depth int) reflect.Type {
	kinds := []string{"leaf", "leaf", "struct", "array", "slice", "map", "pointer"}
	if depth == 0 {
		kinds = kinds[:1]
	}
	switch rapid.SampledFrom(kinds).Draw(t, "kind") {
	case "struct":
		return structType(t, depth-1)
	case "array":
		return reflect.ArrayOf(arrayLength(t, depth), anyType(t, depth-1))
	case "slice":
		return reflect.SliceOf(anyType(t, depth-1))
	case "map":
		return reflect.MapOf(keyType(t, depth-1), anyType(t, depth-1))
	case "pointer":
		return reflect.PointerTo(anyType(t, depth-1))
	default:
		return rapid.SampledFrom(leaves).Draw(t, "leaf")
	}
}

// arrayLength draws a length. Only arrays of small elements can be long enough not
// to be unrolled.
func arrayLength(t *rapid.T, depth int) int {
	if depth <= 2 {
		return rapid.SampledFrom([]int{0, 1, 2, 3, 70}).Draw(t, "length")
	}
	return rapid.IntRange(0, 3).Draw(t, "length")
}

// keyType draws a type that can be the key of a map.
func keyType(t *rapid.T, depth int) reflect.Type {
	if depth <= 0 || rapid.Bool().Draw(t, "plain key") {
		return rapid.SampledFrom(leaves).Draw(t, "key")
	}
	if rapid.Bool().Draw(t, "array key") {
		return reflect.ArrayOf(rapid.IntRange(0, 2).Draw(t, "length"), keyType(t, depth-1))
	}
	var fields []reflect.StructField
	for i := range rapid.IntRange(0, 3).Draw(t, "fields of key") {
		fields = append(fields, reflect.StructField{Name: fmt.Sprintf("K%d", i), Type: keyType(t, depth-1)})
	}
	return reflect.StructOf(fields)
}

// structType draws a struct with fields of all kinds.
func structType(t *rapid.T, depth int) reflect.Type {
	var fields []reflect.StructField
	for i := range rapid.IntRange(0, 5).Draw(t, "fields") {
		fields = append(fields, structField(t, i, depth))
	}
	return reflect.StructOf(fields)
}

func structField(t *rapid.T, i, depth int) reflect.StructField {
	f := reflect.StructField{Name: fmt.Sprintf("F%d", i)}
	sort := rapid.SampledFrom([]string{"", "", "", "", "unexported", "blank", "ignored", "unordered"}).Draw(t, "sort")
	switch sort {
	case "unexported":
		f.Name, f.PkgPath = fmt.Sprintf("f%d", i), "codec"
	case "blank":
		f.Name, f.PkgPath = "_", "codec"
	case "ignored":
		f.Tag = `muster:"-"`
		f.Type = rapid.SampledFrom(ignorable).Draw(t, "ignored type")
	case "unordered":
		f.Tag = `muster:"unordered"`
		f.Type = reflect.SliceOf(anyType(t, max(depth-1, 0)))
	}
	if f.Type == nil {
		f.Type = anyType(t, depth)
	}
	return f
}

// A filler makes random values from a small range, so that equal ones are frequent.
type filler struct {
	*rand.Rand
}

// some returns a small number.
func (f filler) some() int { return f.IntN(4) }

// fill assigns a random value to a variable, ignored fields included.
func (f filler) fill(v reflect.Value) {
	switch v.Kind() {
	case reflect.Bool:
		v.SetBool(f.IntN(2) == 0)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		v.SetInt(int64(f.some()-1) << (f.IntN(2) * (v.Type().Bits() - 2)))
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		v.SetUint(uint64(f.some()) << (f.IntN(2) * (v.Type().Bits() - 2)))
	case reflect.String:
		v.SetString([]string{"", "a", "b", "ab", "\x00", fmt.Sprintf("%0200d", f.some())}[f.IntN(6)])
	case reflect.Array:
		for i := range v.Len() {
			f.fill(v.Index(i))
		}
	case reflect.Slice:
		f.fillSlice(v)
	case reflect.Map:
		f.fillMap(v)
	case reflect.Pointer:
		v.SetZero()
		if f.some() > 0 {
			v.Set(reflect.New(v.Type().Elem()))
			f.fill(v.Elem())
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).Name != "_" {
				f.fill(open(v.Field(i)))
			}
		}
	default:
		f.fillIgnorable(v)
	}
}

func (f filler) fillSlice(v reflect.Value) {
	n := f.some()
	if f.IntN(20) == 0 {
		n = 130 // its length takes two bytes
	}
	v.SetZero()
	if n > 0 || f.IntN(2) == 0 {
		v.Set(reflect.MakeSlice(v.Type(), n, n+f.some()))
	}
	for i := range n {
		f.fill(v.Index(i))
	}
}

func (f filler) fillMap(v reflect.Value) {
	v.SetZero()
	if f.IntN(4) > 0 {
		v.Set(reflect.MakeMap(v.Type()))
		for range f.IntN(12) {
			v.SetMapIndex(f.new(v.Type().Key()), f.new(v.Type().Elem()))
		}
	}
}

// fillIgnorable fills a variable of a type that only ignored fields can have.
func (f filler) fillIgnorable(v reflect.Value) {
	switch v.Kind() {
	case reflect.Func:
		v.Set(reflect.MakeFunc(v.Type(), nil))
	case reflect.Chan:
		v.Set(reflect.MakeChan(v.Type(), 1))
	case reflect.Interface:
		v.Set(reflect.ValueOf("anything"))
	case reflect.Float64:
		v.SetFloat(1.5)
	}
}

// new returns a new random value of a type.
func (f filler) new(t reflect.Type) reflect.Value {
	v := reflect.New(t).Elem()
	f.fill(v)
	return v
}
