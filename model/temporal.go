package model

// Eventually claims that every run comes to a state that satisfies p.
func Eventually[S any](name string, p func(s *S) bool) Property[S] {
	return temporal(name, KindEventually, Finally(Holds(p)))
}

// LeadsTo claims that in every run, whenever p is true, q is true then or later.
// If p is never true the claim is empty, and the report says so.
func LeadsTo[S any](name string, p, q func(s *S) bool) Property[S] {
	return temporal(name, KindLeadsTo, leadsTo(p, q))
}

// LeadsToEach claims for each i from 0 to n-1 that p(s, i) leads to q(s, i).
// index is what the report calls i, such as node.
func LeadsToEach[S any](name, index string, n int, p, q func(s *S, i int) bool) Property[S] {
	return temporal(name, KindLeadsTo, ForAll(index, n, func(i int) Formula[S] {
		return leadsTo(func(s *S) bool { return p(s, i) }, func(s *S) bool { return q(s, i) })
	}))
}

// Recurs claims that p is true again and again in every run: infinitely often.
// In a run that stays in one state for ever it must be true there.
func Recurs[S any](name string, p func(s *S) bool) Property[S] {
	return temporal(name, KindRecurs, Globally(Finally(Holds(p))))
}

// Settles claims that from some point on p is true for ever in every run.
func Settles[S any](name string, p func(s *S) bool) Property[S] {
	return temporal(name, KindSettles, Finally(Globally(Holds(p))))
}

// Temporal claims that a formula is true of every run from its beginning.
func Temporal[S any](name string, f Formula[S]) Property[S] {
	return temporal(name, KindTemporal, f)
}

func leadsTo[S any](p, q func(s *S) bool) Formula[S] {
	return Globally(IfThen(Holds(p), Finally(Holds(q))))
}

func temporal[S any](name string, kind Kind, f Formula[S]) Property[S] {
	return Property[S]{Name: name, Kind: kind, Formula: &f}
}

// IsTemporal reports whether a property of this kind is about whole runs.
func (k Kind) IsTemporal() bool {
	switch k {
	case KindEventually, KindLeadsTo, KindRecurs, KindSettles, KindTemporal:
		return true
	}
	return false
}
