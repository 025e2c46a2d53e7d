package model

// Every returns the claim that holds is true of every element: of each server, of each thread. elements
// returns a slice of an array of the state, as in
//
//	servers := func(s *State) []Server { return s.Servers[:] }
//	model.Always("LogsAreShort", model.Every(servers, func(a *Server) bool { return a.Log.Len() < 5 }))
//
// The claim is for [Always], and for the Constraint and the Terminal of a model. It says nothing of where
// it fails, as [Property.Explained] can.
func Every[S, E any](elements func(s *S) []E, holds func(e *E) bool) func(s *S) bool {
	return func(s *S) bool {
		list := elements(s)
		for i := range list {
			if !holds(&list[i]) {
				return false
			}
		}
		return true
	}
}

// EveryTwo returns the claim that holds is true of every two elements, each pair in one order: no two
// servers lead. A claim that is not the same both ways has to say both.
func EveryTwo[S, E any](elements func(s *S) []E, holds func(a, b *E) bool) func(s *S) bool {
	return func(s *S) bool {
		list := elements(s)
		for i := range list {
			for k := range i {
				if !holds(&list[k], &list[i]) {
					return false
				}
			}
		}
		return true
	}
}

// Some returns the claim that holds is true of at least one element. It is for [Reachable]: some server
// leads.
func Some[S, E any](elements func(s *S) []E, holds func(e *E) bool) func(s *S) bool {
	none := Every(elements, func(e *E) bool { return !holds(e) })
	return func(s *S) bool { return !none(s) }
}

// Count returns how many elements holds is true of: the threads that have finished.
func Count[S, E any](elements func(s *S) []E, holds func(e *E) bool) func(s *S) int {
	return func(s *S) (n int) {
		list := elements(s)
		for i := range list {
			if holds(&list[i]) {
				n++
			}
		}
		return n
	}
}
