package lin

import "fmt"

// Register is a register that is read and written. V is the type of its values, and the
// zero of V the first one.
type Register[V comparable] struct {
	Value V
}

// RegisterOp is an operation of a register: a read, or the write of a value.
type RegisterOp[V comparable] struct {
	Write bool
	Value V
}

// Read and Write make the operations of a register.
func Read[V comparable]() RegisterOp[V]         { return RegisterOp[V]{} }
func Write[V comparable](value V) RegisterOp[V] { return RegisterOp[V]{true, value} }

// Apply answers a read with the value, and a write with the zero value.
func (r Register[V]) Apply(op RegisterOp[V]) (after Register[V], answer V, ok bool) {
	if op.Write {
		return Register[V]{op.Value}, answer, true
	}
	return r, r.Value, true
}

// Reads reports whether an operation never changes a register.
func (r Register[V]) Reads(op RegisterOp[V]) bool { return !op.Write }

func (r Register[V]) String() string { return fmt.Sprint(r.Value) }

// ShowAnswer shows the answer of a write as ok.
func (r Register[V]) ShowAnswer(op RegisterOp[V], answer V) string {
	if op.Write {
		return "ok"
	}
	return fmt.Sprint(answer)
}

func (op RegisterOp[V]) String() string {
	if op.Write {
		return fmt.Sprintf("write %v", op.Value)
	}
	return "read"
}

// RegisterMonitor is a monitor of a register.
type RegisterMonitor[C Client, V comparable] = Monitor[C, Register[V], RegisterOp[V], V]

// RegisterHistory is a history of a register.
type RegisterHistory[C Client, V comparable] = History[C, Register[V], RegisterOp[V], V]
