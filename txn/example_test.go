package txn_test

import (
	"context"
	"fmt"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/txn"
)

// Ward is a ward with two doctors on call. Each may leave if the other one stays.
type Ward struct {
	Versions [2]uint8 // of the two entries in the roster
	Doctors  [2]Doctor
}

// Doctor is a doctor, whose transaction reads the other one's entry and changes their own.
type Doctor struct {
	Phase uint8 // 1 has read, 2 has written
	Read  uint8 // the version of the other entry
}

func read(s *Ward, c *model.Choice) bool {
	d := c.Int("doctor", 2)
	if s.Doctors[d].Phase != 0 {
		return false
	}
	s.Doctors[d] = Doctor{Phase: 1, Read: s.Versions[1-d]}
	return true
}

func leave(s *Ward, c *model.Choice) bool {
	d := c.Int("doctor", 2)
	if s.Doctors[d].Phase != 1 {
		return false
	}
	s.Doctors[d].Phase = 2
	s.Versions[d]++
	return true
}

func committed(s *Ward) *txn.History {
	var h txn.History
	for d, doctor := range s.Doctors {
		if doctor.Phase == 2 {
			h.Add(txn.Transaction{
				Name:   fmt.Sprintf("doctor %d", d),
				Reads:  []txn.Access{{Key: 1 - d, Version: int(doctor.Read)}},
				Writes: []txn.Access{{Key: d, Version: 1}},
			})
		}
	}
	return &h
}

// Both doctors leave: write skew, which snapshot isolation permits.
func Example() {
	ward := &model.Model[Ward]{
		Name:    "ward",
		Actions: []model.Action[Ward]{{Name: "Read", Do: read}, {Name: "Leave", Do: leave}},
		Properties: []model.Property[Ward]{
			model.Always("SnapshotIsolation", func(s *Ward) bool { return committed(s).IsSnapshotIsolated() }),
			model.Always("Serializable", func(s *Ward) bool { return committed(s).IsSerializable() }).
				Explained(func(s *Ward) string { return committed(s).Explain(txn.Serializable) }),
		},
		AllowDeadlock: true,
	}
	report, err := explore.Check(context.Background(), ward, explore.Options{KeepGoing: true})
	if err != nil {
		panic(err)
	}
	fmt.Println(report.Properties[0].Name, report.Properties[0].Verdict)
	fmt.Println(report.Properties[1].Name, report.Properties[1].Verdict)
	fmt.Print(report.Properties[1].Detail)
	// Output:
	// SnapshotIsolation holds
	// Serializable violated
	// It is not serializable, since each of these transactions has to come before the next:
	//   doctor 0 reads version 0 of key 1, and doctor 1 makes the version after it (rw)
	//   doctor 1 reads version 0 of key 0, and doctor 0 makes the version after it (rw)
}
