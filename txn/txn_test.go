package txn_test

import (
	"strings"
	"testing"

	"github.com/muster-mc/muster/txn"
)

func access(key, version int) []txn.Access { return []txn.Access{{Key: key, Version: version}} }

func history(list ...txn.Transaction) *txn.History {
	h := new(txn.History)
	for _, t := range list {
		h.Add(t)
	}
	return h
}

// The anomalies that have names.
func TestAnomalies(t *testing.T) {
	for name, c := range map[string]struct {
		h                              *txn.History
		serializable, strict, snapshot bool
	}{
		"nothing": {history(), true, true, true},
		"lost update": {history(
			txn.Transaction{Reads: access(0, 0), Writes: access(0, 1)},
			txn.Transaction{Reads: access(0, 0), Writes: access(0, 2)},
		), false, false, false},
		"write skew": {history(
			txn.Transaction{Reads: access(0, 0), Writes: access(1, 1)},
			txn.Transaction{Reads: access(1, 0), Writes: access(0, 1)},
		), false, false, true},
		"half a transaction is read": {history(
			txn.Transaction{Writes: []txn.Access{{Key: 0, Version: 1}, {Key: 1, Version: 1}}},
			txn.Transaction{Reads: []txn.Access{{Key: 0, Version: 1}, {Key: 1, Version: 0}}},
		), false, false, false},
		"a stale read": {history(
			txn.Transaction{Writes: access(0, 1), Begin: 1, End: 2},
			txn.Transaction{Reads: access(0, 0), Begin: 3, End: 4},
		), true, false, true},
		"a long fork": {history(
			txn.Transaction{Writes: access(0, 1)},
			txn.Transaction{Writes: access(1, 1)},
			txn.Transaction{Reads: []txn.Access{{Key: 0, Version: 1}, {Key: 1, Version: 0}}},
			txn.Transaction{Reads: []txn.Access{{Key: 0, Version: 0}, {Key: 1, Version: 1}}},
		), false, false, false},
	} {
		if c.h.IsSerializable() != c.serializable || c.h.IsStrictlySerializable() != c.strict || c.h.IsSnapshotIsolated() != c.snapshot {
			t.Errorf("%s: serializable %v, strictly %v, snapshot isolation %v", name,
				c.h.IsSerializable(), c.h.IsStrictlySerializable(), c.h.IsSnapshotIsolated())
		}
	}
}

func TestExplainTellsRealTime(t *testing.T) {
	h := history(
		txn.Transaction{Name: "write", Writes: access(0, 1), Begin: 1, End: 2},
		txn.Transaction{Name: "other", Begin: 1, End: 3},
		txn.Transaction{Name: "read", Reads: access(0, 0), Begin: 4, End: 5},
	)
	got := h.Explain(txn.StrictlySerializable)
	for _, want := range []string{"strictly serializable", "write ends before read begins (rt)", "read reads version 0 of key 0, and write makes the version after it (rw)"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in %s", want, got)
		}
	}
	if strings.Contains(got, "other") {
		t.Errorf("it names a transaction that has no part in it: %s", got)
	}
}

func TestMistakesPanic(t *testing.T) {
	for want, do := range map[string]func(){
		"T1 and T2 have both made version 1 of key 0": func() {
			history(txn.Transaction{Writes: access(0, 1)}, txn.Transaction{Writes: access(0, 1)}).IsSerializable()
		},
		"T1 writes version 0 of key 3": func() { history(txn.Transaction{Writes: access(3, 0)}) },
	} {
		func() {
			defer func() {
				if got, _ := recover().(string); !strings.Contains(got, want) {
					t.Errorf("got %q, want %q", got, want)
				}
			}()
			do()
		}()
	}
}

func BenchmarkSerializable(b *testing.B) {
	var list []txn.Transaction
	for i := range 100 {
		list = append(list, txn.Transaction{Reads: access(i%5, i/5), Writes: access(i%5, i/5+1), Begin: i, End: i})
	}
	h := history(list...)
	b.ReportAllocs()
	for b.Loop() {
		if !h.IsStrictlySerializable() {
			b.Fatal("the transactions ran one after the other")
		}
	}
}
