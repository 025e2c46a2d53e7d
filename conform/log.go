package conform

import "github.com/muster-mc/muster/model"

// Log says how the records of a log are read as steps of a model. The zero value of every
// field but Model and Records is useful.
type Log[S any] struct {
	Model *model.Model[S]

	// Kind is the path of the field that names the kind of a record; see [Fields] for
	// paths. Empty means msg, the name under which log/slog writes the message.
	Kind string

	// Records says for each kind of record which step of the model it stands for. A record
	// of another kind is an error, because a kind that is passed over in silence could
	// hide the step that matters.
	Records map[string]Record[S]

	// Hidden has the actions that may be taken unseen between two records, at most so
	// often, or [Any] number of times.
	Hidden Hidden

	// Skip reports whether a line is no record of this log at all, such as a line that
	// another part of the service wrote. Nil skips nothing.
	Skip func(r Fields) bool

	// Clock is the path of a number that orders the records of several files: a time, or
	// a Lamport clock. Records with equal numbers may have been made in either order.
	// Empty means that there is no clock, and that each file orders its own records only.
	Clock string

	// Skew is by how much the clocks of two files may differ, in the unit of Clock: two
	// records of two files whose clocks are not further apart than Skew may have been made
	// in either order.
	Skew float64

	// Independent says that the records of different files commute: a record that is
	// possible stays possible, with the same outcome, whatever records of other files come
	// before it. This is true of processes that share nothing but messages. One order is
	// then tried instead of all. Check verifies the claim wherever records of two files
	// are possible at once, for the first thousand such places.
	Independent bool

	_ struct{}
}

// Record says which step of the model a kind of record stands for.
type Record[S any] struct {
	// Action is the name of the action. Empty means that the record is no step: it is
	// seen, and Before and After are asked about the state as it is.
	Action string

	// Args says which answers the record gives to the action's questions. Questions that
	// are not named here have every answer tried.
	Args Args

	// Then are further steps for which the same record stands, in their order. Hidden
	// steps do not come between them.
	Then []Step

	// Before compares the record with the state before the step, for what is logged
	// before it happens. Nil compares nothing.
	Before func(s *S, r Fields) Mismatch

	// After compares the record with the state after the last step. Nil compares nothing.
	After func(s *S, r Fields) Mismatch

	// When limits the meaning to some records of the kind. Nil means all of them.
	When func(r Fields) bool

	// Either lists meanings: the record has one of them, of those whose When is true, and
	// the log need not say which. The other fields are empty then.
	Either []Record[S]

	_ struct{}
}

// Step is one of several steps for which a record stands.
type Step struct {
	Action string
	Args   Args
}

// Args says which answers a record gives, by the names of the questions. A question that
// an action asks twice under one name is name#2 the second time, as in a trace.
type Args map[string]Arg

// Arg reports whether a record gives this answer to a question. The answer is an int, a
// bool, or the value that the action has picked or shown.
type Arg func(r Fields, answer any) bool

// Field is an answer that a field of the record has. The two are compared as by [Equal].
func Field(path string) Arg {
	return func(r Fields, answer any) bool { return same(answer, r.Value(path)) }
}

// Is is an answer that is computed from the record. The two are compared as by [Equal].
func Is(of func(r Fields) any) Arg {
	return func(r Fields, answer any) bool { return same(answer, of(r)) }
}

// Where is an answer about which the record says something, without giving all of it: a
// message whose kind and term are in the log.
//
//	"message": conform.Where(func(m Message, r conform.Fields) bool { return int(m.Term) == r.Int("term") })
//
// An answer of another type than T is not meant.
func Where[T any](meant func(answer T, r Fields) bool) Arg {
	return func(r Fields, answer any) bool {
		t, ok := answer.(T)
		return ok && meant(t, r)
	}
}

// Hidden has actions by name, and how often each may be taken unseen between two records.
type Hidden map[string]int

// Any is any number of times.
const Any = -1
