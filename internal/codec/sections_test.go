//go:build !purego

package codec

import (
	"reflect"
	"testing"
)

// A change of any one variable of a state is in the next encoding.
func TestOneChangeIsEncoded(t *testing.T) {
	r := newHarness(t, reflect.TypeFor[named]())
	if len(r.machine.sections) == 0 {
		t.Fatal("the state has no sections")
	}
	for seed := range uint64(50) {
		f := newFiller(seed)
		work := r.keeper()
		if _, ok := work.keep(r.encode(r.value(f))); !ok {
			t.Fatal("cannot keep a state")
		}
		var all []reflect.Value
		variables(work.Value, &all)
		for i := range all {
			f.fill(all[i])
			wantBytes(t, "successor", work.encode(), r.reference.append(nil, work.Value))
			work.restore()
			wantBytes(t, "restored", work.encode(), work.space.kept.data)
		}
	}
}
