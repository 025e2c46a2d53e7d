// Package bench measures the engine: benchmarks beside the plainest program
// that does the same work, and the growth of the catalogue's models.
package bench

import "github.com/muster-mc/muster/model"

// plain explores a model in the way that comes to mind first: a queue of states
// and a map of those that were met, no traces, no properties, nothing else. It
// is what the engine's benchmarks are compared with, so it uses the same
// actions. The state must be comparable and hold no slices.
func plain[S comparable](m *model.Model[S]) (distinct, generated uint64) {
	var start, parent, s S // outside of the loops, so that nothing is allocated for them
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
