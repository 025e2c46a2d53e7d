package bench

import "github.com/muster-mc/muster/model"

// keyed has the functions that [plainKeyed] needs for a state type that cannot be the
// key of a map: a copy, and a text that identifies a state. Both are written by hand for
// one type, and much faster than package fmt.
type keyed[S any] struct {
	copy func(to, from *S)              // a deep copy
	key  func(text []byte, s *S) []byte // appends to text; the keys are equal if and only if the states are
}

// plainKeyed is [plain] with a map whose keys are strings.
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
