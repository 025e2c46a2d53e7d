// Package audit measures how much the properties of a model guard, by mutation
// testing: it breaks the model in many small ways, one at a time, and checks whether
// any property is then violated.
//
//	report, err := audit.Run(ctx, m, audit.Options{})
//
// A [Mutant] is the model with one action replaced. The replacement runs the original
// action and then changes its effect, so mutants need no access to the source:
//
//   - [Lost]: the action does not update one of its fields.
//   - [Skipped]: the action takes place and changes nothing. If the action changes a
//     single field, this mutant equals the one that loses the field and is left out.
//   - [Twice]: the action may happen twice in a row, with the same arguments.
//   - [Swapped]: the action writes to another element than the one that its argument
//     names: to Nodes[1] instead of Nodes[0].
//   - [Torn]: a fault may interrupt the action. Of the fields that the action changes,
//     in their order in the state, it changes only the first ones, or only the last.
//   - [Stale]: the action may happen although it is disabled, if another action has
//     just disabled it by changing one field: the action acts on the old value.
//
// Lost, Skipped and Swapped are mistakes of a programmer and replace the correct
// effect. Twice, Torn and Stale are caused by machines and races, and are possible in
// addition to the correct effect. Actions that are faults are not mutated.
//
// # Outcomes
//
// Each mutant is explored like any model, up to a limit of states. A mutant is
//
//   - killed, if it violates a property that the model satisfies;
//   - equivalent, if it has the same states and steps as the model: no property can
//     detect it, so it does not count;
//   - hidden, if it has the same states but different steps: only a property of steps
//     could detect it, so it does not count either;
//   - a survivor otherwise. Either the field has no influence and could be removed, or
//     no property depends on it.
//
// Graphs are compared by digests of 128 bits that do not depend on the order of
// exploration, and only if both graphs were explored completely.
//
// The score of a property is the number of mutants that it kills, and the number that
// no other property kills. A property that kills no mutant is implied by others or
// nearly vacuous. A score does not measure correctness; each survivor is a question to
// the author of the model.
//
// # Sources
//
//   - R. A. DeMillo, R. J. Lipton, F. G. Sayward: Hints on Test Data Selection:
//     Help for the Practicing Programmer. IEEE Computer 11(4), 1978.
package audit
