//go:build !purego

package codec

import "reflect"

// compiled tells whether this build has the compiled program.
const compiled = true

func refOf(v reflect.Value) ref { return v.Addr().UnsafePointer() }

// restore does what Space.Restore does.
func (k *keeper) restore() {
	k.Set(k.image)
	k.space.restore()
}
