//go:build purego

package codec

import "reflect"

// compiled tells whether this build has the compiled program.
const compiled = false

func refOf(v reflect.Value) ref { return v }

// restore does what Space.Restore does.
func (k *keeper) restore() { k.space.replace(k.Value, k.space.kept) }
