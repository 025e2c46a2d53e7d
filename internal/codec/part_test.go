package codec

import (
	"reflect"
	"testing"
)

// A part of a state, whose type is only known as a value, has the bytes that
// the codec of its type gives it.
func TestPart(t *testing.T) {
	s := rich()
	v := reflect.ValueOf(&s).Elem()
	for f := range v.Type().Fields() {
		part, err := ForType(f.Type)
		if err != nil {
			t.Fatal(err)
		}
		field := v.FieldByIndex(f.Index)
		want := twin{newRig(t, f.Type).shape}.append([]byte("before"), field)
		wantBytes(t, f.Name, part.Append([]byte("before"), field), want)
	}
}

// A type that cannot be part of a state is no part of one.
func TestForTypeRefuses(t *testing.T) {
	part, err := ForType(reflect.TypeFor[lease]())
	if part != nil || err == nil {
		t.Errorf("got %v, %v", part, err)
	}
}
