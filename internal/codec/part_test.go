package codec

import (
	"reflect"
	"testing"
)

// A Part encodes a field of a state as the reference does.
func TestPart(t *testing.T) {
	s := rich()
	v := reflect.ValueOf(&s).Elem()
	for f := range v.Type().Fields() {
		part, err := ForType(f.Type)
		if err != nil {
			t.Fatal(err)
		}
		field := v.FieldByIndex(f.Index)
		want := reference{newHarness(t, f.Type).shape}.append([]byte("before"), field)
		wantBytes(t, f.Name, part.Append([]byte("before"), field), want)
	}
}

// ForType refuses a type that cannot be part of a state.
func TestForTypeRefuses(t *testing.T) {
	part, err := ForType(reflect.TypeFor[lease]())
	if part != nil || err == nil {
		t.Errorf("got %v, %v", part, err)
	}
}
