// Package audit puts the properties of a model on trial: it breaks the model in
// many small ways, one at a time, and sees whether any property notices.
//
//	report, err := audit.Run(ctx, m, audit.Options{})
//
// The model's source is not touched. A [Mutant] is the model with one of its
// actions replaced by one that does something else with what the action does:
//
//   - [Lost]: the action's update of one field is lost.
//   - [Skipped]: the action changes nothing, and still claims that it took place.
//     For one that changes a single field that is the same as losing it.
//   - [Twice]: the action may happen twice in a row, with the same arguments.
//   - [Swapped]: what the action writes to an element that one of its arguments
//     names, it writes to another: Nodes[1] instead of Nodes[0].
//   - [Torn]: a fault may strike between the updates of the action: only the
//     first so many of the fields that it changes are changed, in the order in
//     which the state has them, or only the last.
//   - [Stale]: the action may happen though it is disabled, when it would have been
//     enabled but for one field that another action has just changed: it acts on
//     the field's old value.
//
// The first, the second and the fourth are slips of a programmer, and happen every
// time. The others are what a machine or a race does, and happen beside what is
// right. The actions that are faults themselves are left as they are.
//
// # What becomes of a mutant
//
// Each mutant is explored like any model, up to a limit of states, and is
//
//   - killed, if some property is violated that is not in the model itself;
//   - equivalent, if it has the same states and the same steps between them: then
//     nothing could notice, and it is set aside;
//   - hidden, if it has the same states but other steps between them: only a
//     claim on steps could notice, so it is set aside too;
//   - a survivor otherwise: a hole. Either it does not matter what that field is,
//     and it could go, or nothing is claimed of it.
//
// That two graphs are the same is decided by digests of 128 bits that do not
// depend on order, and only where both were explored wholly.
//
// The score of a property is how many mutants it kills, and how many it alone. One
// that kills nothing either is implied by others or is on its way to saying
// nothing at all; a mutant that only a property of types kills is hardly guarded.
// A score is no percentage of truth: it is a list of questions.
//
// # Sources
//
//   - R. A. DeMillo, R. J. Lipton, F. G. Sayward: Hints on Test Data Selection:
//     Help for the Practicing Programmer. IEEE Computer 11(4), 1978.
package audit
