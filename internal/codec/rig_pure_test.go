//go:build purego

package codec

import "reflect"

// compiled says which of the twins is at work.
const compiled = false

func refOf(v reflect.Value) ref { return v }
