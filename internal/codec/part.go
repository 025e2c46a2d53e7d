package codec

import "reflect"

// A Part encodes values of a type that is known only when the program runs. It
// is for one goroutine at a time.
type Part struct{ space space }

// ForType compiles the encoding of a type. The error is a [*RefusedError].
func ForType(t reflect.Type) (*Part, error) {
	s, err := shapeOf(t)
	if err != nil {
		return nil, err
	}
	return &Part{newSpace(compile(s))}, nil
}

// Append appends the encoding of an addressable value of the type.
func (p *Part) Append(dst []byte, v reflect.Value) []byte {
	return p.space.append(dst, refAt(v))
}
