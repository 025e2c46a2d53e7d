// Package txn checks the isolation of transactions: serializability, strict serializability and
// snapshot isolation.
//
// A model knows the order in which the versions of each key were made, which a checker of
// recorded histories has to guess. So the check is one for cycles in a graph, which is linear in
// the size of the graph (A. Adya, Weak Consistency: A Generalized Theory and Optimistic
// Implementations for Distributed Transactions, 1999).
//
// # A history
//
// A [History] is a list of committed transactions, made from a state by the predicate that checks
// it. Each transaction says which version of a key it has read, and which it has made:
//
//	func history(s *State) *txn.History {
//		var h txn.History
//		for i, t := range s.Committed() {
//			h.Add(txn.Transaction{Name: t.String(), Begin: t.Begin, End: t.End, Reads: ..., Writes: ...})
//		}
//		return &h
//	}
//
//	model.Always("Serializable", func(s *State) bool { return history(s).IsSerializable() }).
//		Explained(func(s *State) string { return history(s).Explain(txn.Serializable) })
//
// Versions of a key are numbered in their order: 0 is the value before all transactions, 1 what the first
// of them has written. Only committed transactions belong to a history. That no transaction reads what
// an aborted one has written, or what another one has overwritten itself before its end, is a plain
// property of the model.
//
// # Dependencies
//
// A transaction depends on another one
//
//	wr  if it reads a version that the other has made,
//	ww  if it makes the version after one that the other has made,
//	rw  if it makes the version after one that the other has read (an anti-dependency),
//	rt  if it begins after the other has ended (in real time).
//
// [Serializable] forbids cycles of wr, ww and rw. [StrictlySerializable] forbids cycles of all four.
// [SnapshotIsolation] permits those cycles of wr, ww and rw in which two rw follow each other,
// and no others (A. Cerone and A. Gotsman, Analysing Snapshot Isolation, 2018). A cycle of a single
// rw and others is a lost update or a read of half a transaction; two rw in a row are write skew.
package txn
