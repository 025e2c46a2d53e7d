package lin

// Object is a state of a sequential object: a register, a queue, a lock. The zero value is
// the state in which the object begins. A is the arguments of an operation, and R its answer.
type Object[S any, A, R comparable] interface {
	comparable

	// Apply returns the state after an operation, and the answer. It is false if the
	// operation has to wait in this state, as the acquisition of a lock that is held. It is
	// a pure function of the state and the arguments.
	Apply(arguments A) (after S, answer R, ok bool)
}

// Client is the number of a client, of a type that the model defines.
type Client interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64
}
