package lin

import "fmt"

// CAS is a register that can also be changed if it has a value: compare and swap. The
// zero value has the zero of V.
type CAS[V comparable] struct {
	Value V
}

// CASOp is an operation of a CAS register. The answer of a read is the value; that of a
// write is zero and true; that of a swap is the value that the register had and whether
// it was the old one.
type CASOp[V comparable] struct {
	Kind     CASKind
	Old, New V
}

// CASKind is the kind of a CASOp.
type CASKind uint8

// The kinds of operations.
const (
	CASRead CASKind = iota
	CASWrite
	CASSwap
)

// CASAnswer is the answer of a CASOp.
type CASAnswer[V comparable] struct {
	Value V
	OK    bool
}

// Apply is that of an Object.
func (r CAS[V]) Apply(op CASOp[V]) (after CAS[V], answer CASAnswer[V], ok bool) {
	switch op.Kind {
	case CASWrite:
		return CAS[V]{op.New}, CASAnswer[V]{OK: true}, true
	case CASSwap:
		if r.Value == op.Old {
			return CAS[V]{op.New}, CASAnswer[V]{r.Value, true}, true
		}
		return r, CASAnswer[V]{r.Value, false}, true
	}
	return r, CASAnswer[V]{r.Value, true}, true
}

// Reads reports whether an operation never changes a register.
func (r CAS[V]) Reads(op CASOp[V]) bool { return op.Kind == CASRead }

func (op CASOp[V]) String() string {
	switch op.Kind {
	case CASWrite:
		return fmt.Sprintf("write %v", op.New)
	case CASSwap:
		return fmt.Sprintf("swap %v for %v", op.Old, op.New)
	}
	return "read"
}

func (a CASAnswer[V]) String() string {
	if a.OK {
		return fmt.Sprint(a.Value)
	}
	return fmt.Sprintf("no, %v", a.Value)
}

// WriteOnce is a register that keeps the first value that is written, such as the outcome
// of a consensus. Its operations are those of a Register. The zero of V, which is not to be
// written, means that nothing is written yet.
type WriteOnce[V comparable] struct {
	Value V
}

// Apply answers every operation with the value of the register: a write learns whether
// it was the first one.
func (r WriteOnce[V]) Apply(op RegisterOp[V]) (after WriteOnce[V], answer V, ok bool) {
	var none V
	if op.Write && r.Value == none {
		r.Value = op.Value
	}
	return r, r.Value, true
}

// Reads reports whether an operation never changes a register.
func (r WriteOnce[V]) Reads(op RegisterOp[V]) bool { return !op.Write }

// Lock is a lock with fencing tokens: each holder gets the next number, from 1 on.
type Lock[C Client] struct {
	Held   bool
	Holder C
	Token  uint8 // of the last holder
}

// LockOp acquires or releases a lock for a client. An acquisition waits until the lock is
// free, and its answer is the token. A release by a client that does not hold the lock changes
// nothing; its answer is zero, and that of the holder is the token.
type LockOp[C Client] struct {
	Release bool
	Client  C
}

// Acquire and Release make the operations of a lock.
func Acquire[C Client](client C) LockOp[C] { return LockOp[C]{Client: client} }
func Release[C Client](client C) LockOp[C] { return LockOp[C]{Release: true, Client: client} }

// Apply is that of an Object.
func (l Lock[C]) Apply(op LockOp[C]) (after Lock[C], token uint8, ok bool) {
	switch {
	case !op.Release:
		return Lock[C]{true, op.Client, l.Token + 1}, l.Token + 1, !l.Held
	case l.Held && l.Holder == op.Client:
		return Lock[C]{Token: l.Token}, l.Token, true
	}
	return l, 0, true
}

func (op LockOp[C]) String() string {
	if op.Release {
		return "release"
	}
	return "acquire"
}
