package history

import "slices"

// linearizable reports whether some order of the calls explains their answers: one in
// which each call takes effect between its begin and its end, on a register with this
// value.
func linearizable(calls []Call, value uint8) bool {
	if !slices.ContainsFunc(calls, Call.ended) {
		return true // a call that has not ended may never take effect
	}
	for i, next := range calls {
		if next.Begin == 0 || !mayBeFirst(next, calls) || !next.Write && next.ended() && next.Value != value {
			continue
		}
		after := value
		if next.Write {
			after = next.Value
		}
		if linearizable(slices.Delete(slices.Clone(calls), i, i+1), after) {
			return true
		}
	}
	return false
}

// mayBeFirst: no other call ended before this one began.
func mayBeFirst(next Call, calls []Call) bool {
	return !slices.ContainsFunc(calls, func(c Call) bool { return c.ended() && c.End < next.Begin })
}

func (c Call) ended() bool { return c.End > 0 }
