// Package bench has benchmarks of the engine. They compare it with the simplest program
// that does the same work. Its folders have commands that measure the catalogue: the
// growth of its models, audits, budgets and start-up times.
package bench

import "github.com/muster-mc/muster/model"

// plain explores a model by breadth-first search with a queue of states and a map of
// visited ones. It has no traces and checks no properties. The benchmarks compare the
// engine with it, on the same actions. The state must be comparable.
func plain[S comparable](m *model.Model[S]) (distinct, generated uint64) {
	var start, parent, s S // outside of the loops, so that they are allocated once
	met := map[S]struct{}{start: {}}
	queue := []S{start}
	var o model.Odometer
	for len(queue) > 0 {
		parent = queue[0]
		queue = queue[1:]
		for _, a := range m.Actions {
			o.Reset()
			for more := true; more; more = o.Next() {
				s = parent
				if !a.Do(&s, o.Choice()) || o.Void() {
					continue
				}
				generated++
				if m.Constraint != nil && !m.Constraint(&s) {
					continue
				}
				if _, ok := met[s]; !ok {
					met[s] = struct{}{}
					queue = append(queue, s)
				}
			}
		}
	}
	return uint64(len(met)), generated
}
