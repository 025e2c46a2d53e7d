package txn_test

import (
	"flag"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/muster-mc/muster/txn"
)

var histories = flag.Int("histories", 3000, "random histories")

// The cycles agree with a search that runs the transactions in every order, and for snapshot
// isolation with one that tries all orders of beginnings and commits.
func TestRandomHistories(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	var yes [3]int
	for range *histories {
		list := random(rng)
		var h txn.History
		for _, x := range list {
			h.Add(x)
		}
		for l, want := range []bool{
			txn.Serializable:         inSomeOrder(list, nil, store{}, false),
			txn.StrictlySerializable: inSomeOrder(list, nil, store{}, true),
			txn.SnapshotIsolation:    fromSnapshots(list, store{}, make([]snapshot, len(list))),
		} {
			level := txn.Level(l)
			if h.Satisfies(level) != want {
				t.Fatalf("%v: %v, want %v, of %+v\n%s", level, h.Satisfies(level), want, list, h.Explain(level))
			}
			if (h.Explain(level) == "") != want {
				t.Fatalf("%v: it is explained by %q", level, h.Explain(level))
			}
			if want {
				yes[l]++
			}
		}
	}
	for l, n := range yes {
		if n < *histories/20 || n > *histories*19/20 {
			t.Errorf("%v: %d of %d histories satisfy it", txn.Level(l), n, *histories)
		}
	}
}

const keys = 2

// random makes two to four transactions that write some keys in some order, and read any versions.
func random(rng *rand.Rand) []txn.Transaction {
	list := make([]txn.Transaction, 2+rng.IntN(3))
	var written [keys]int
	for _, i := range rng.Perm(len(list)) {
		for k := range keys {
			if rng.IntN(3) == 0 {
				written[k]++
				list[i].Writes = append(list[i].Writes, txn.Access{Key: k, Version: written[k]})
			}
		}
		list[i].Begin = rng.IntN(10)
		list[i].End = list[i].Begin + rng.IntN(6)
	}
	for i := range list {
		for k := range keys {
			read := txn.Access{Key: k, Version: rng.IntN(written[k] + 1)}
			if rng.IntN(2) == 0 && !slices.Contains(list[i].Writes, read) {
				list[i].Reads = append(list[i].Reads, read)
			}
		}
	}
	return list
}

// store is the version of each key.
type store [keys]int

func (s store) has(list []txn.Access) bool {
	return !slices.ContainsFunc(list, func(a txn.Access) bool { return s[a.Key] != a.Version })
}

// write makes versions, and reports whether they are the next ones.
func (s *store) write(list []txn.Access) bool {
	for _, a := range list {
		if s[a.Key]++; s[a.Key] != a.Version {
			return false
		}
	}
	return true
}

func inSomeOrder(left, ran []txn.Transaction, s store, realTime bool) bool {
	for i, x := range left {
		late := realTime && slices.ContainsFunc(left, func(other txn.Transaction) bool { return other.End < x.Begin })
		after := s
		if late || !s.has(x.Reads) || !after.write(x.Writes) {
			continue
		}
		rest := slices.Delete(slices.Clone(left), i, i+1)
		if inSomeOrder(rest, append(ran, x), after, realTime) {
			return true
		}
	}
	return len(left) == 0
}

// snapshot is where a transaction is, and what it saw when it began.
type snapshot struct {
	begun, done bool
	at          store
}

func fromSnapshots(list []txn.Transaction, s store, where []snapshot) bool {
	done := true
	for i, x := range list {
		w := where[i]
		next, after := slices.Clone(where), s
		switch {
		case w.done:
			continue
		case !w.begun && s.has(x.Reads):
			next[i] = snapshot{begun: true, at: s}
		case w.begun && after.write(x.Writes) && unchanged(x.Writes, w.at, s):
			next[i].done = true
		default:
			done = false
			continue
		}
		if done = false; fromSnapshots(list, after, next) {
			return true
		}
	}
	return done
}

// unchanged: nobody else has committed a write of these keys since the snapshot.
func unchanged(writes []txn.Access, snapshot, now store) bool {
	return !slices.ContainsFunc(writes, func(a txn.Access) bool { return snapshot[a.Key] != now[a.Key] })
}
