package bench

import "github.com/muster-mc/muster/model"

// keyed says what [plainKeyed] has to know of a state type that cannot be the
// key of a map: how to copy a state, and the text that stands for it. Both are
// written by hand for the one type, and so much faster than fmt would be.
type keyed[S any] struct {
	copy func(to, from *S)              // a deep copy
	key  func(text []byte, s *S) []byte // appends; equal if and only if the states are
}

// plainKeyed is [plain] for such states: its map has a string for each of them.
func plainKeyed[S any](m *model.Model[S], k keyed[S]) (distinct, generated uint64) {
	var start, s S
	text := k.key(nil, &start)
	met := map[string]struct{}{string(text): {}}
	queue := []S{start}
	var o model.Odometer
	for len(queue) > 0 {
		parent := queue[0]
		queue = queue[1:]
		for _, a := range m.Actions {
			o.Reset()
			for more := true; more; more = o.Next() {
				k.copy(&s, &parent)
				if !a.Do(&s, o.Choice()) || o.Void() {
					continue
				}
				generated++
				text = k.key(text[:0], &s)
				if _, ok := met[string(text)]; !ok {
					met[string(text)] = struct{}{}
					queue = append(queue, s)
				}
			}
		}
	}
	return uint64(len(met)), generated
}
