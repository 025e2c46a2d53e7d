package lin

type recorder[C Client, S Object[S, A, R], A, R comparable] struct{}

func (r *recorder[C, S, A, R]) see(list []event[C, A, R]) {}
func (r *recorder[C, S, A, R]) say() string               { return "" }
