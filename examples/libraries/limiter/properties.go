package limiter

import "fmt"

// withinTheRate: in no time from one second to another there are more actions than the
// burst, and one more for each second that has gone by.
func (k *check) withinTheRate(s *State) bool {
	from, _ := k.excess(s)
	return from < 0
}

// hasRoom: one more action in this second would be within the rate.
func (k *check) hasRoom(s *State) bool {
	more := *s
	more.Acts[s.Clock]++
	return k.withinTheRate(&more)
}

func (k *check) tooMany(s *State) string {
	from, to := k.excess(s)
	return fmt.Sprintf("from second %d to second %d there are %d actions, and at most %d are within the rate",
		from, to, actions(s, from, to), k.Burst+to-from)
}

// excess returns the first time in which there are too many actions, from -1 on if there is
// none.
func (k *check) excess(s *State) (from, to int) {
	for from = 0; from < len(s.Acts); from++ {
		for to = from; to < len(s.Acts); to++ {
			if actions(s, from, to) > k.Burst+to-from {
				return from, to
			}
		}
	}
	return -1, -1
}

func actions(s *State, from, to int) int {
	n := 0
	for _, acts := range s.Acts[from : to+1] {
		n += int(acts)
	}
	return n
}
