package network

import (
	"slices"
	"testing"

	"github.com/muster-mc/muster/model"
	"pgregory.net/rapid"
)

// choose offers, in their order, the messages for which the definition holds: also with more of them than
// fit into a word.
func TestChoose(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		among := passage{
			to:     IDs(rapid.Uint64().Draw(t, "to")),
			apart:  IDs(rapid.SampledFrom([]uint64{0, 1 << 1, 0b1010}).Draw(t, "apart")),
			behind: rapid.Bool().Draw(t, "behind"),
		}
		var bag Bag[uint8]
		var set Set[uint8]
		var links Links[uint8]
		from, to := rapid.Uint8Range(1, 3), rapid.Uint8Range(1, 5)
		for i := range rapid.IntRange(0, 200).Draw(t, "messages") {
			a, b := ID(from.Draw(t, "from")), ID(to.Draw(t, "to"))
			bag.Send(a, b, uint8(i)/2)
			set.Send(a, b, uint8(i)/2)
			links.Send(a, b, uint8(i))
		}
		offers(t, "bag", &bag, among, func(i int) bool { return !among.behind && bag.ready(i) })
		offers(t, "set", &set, among, func(int) bool { return !among.behind })
		offers(t, "links", &links, among, func(i int) bool { return among.behind == !links.ready(i) })
	})
}

func offers(t *rapid.T, name string, net Net[uint8], among passage, inTurn func(i int) bool) {
	var want, got []int
	for i := range net.Len() {
		e := net.at(i)
		separated := (&Partition{Apart: among.apart}).Separates(e.From, e.To)
		if inTurn(i) && among.to.Has(e.To) && !separated {
			want = append(want, i)
		}
	}
	var o model.Odometer
	o.Reset()
	for more := true; more; more = o.Next() {
		if i := choose(o.Choice(), "message", net, func() passage { return among }, nil); i >= 0 && !o.Void() {
			got = append(got, i)
		}
	}
	if !slices.Equal(got, want) {
		t.Fatalf("%s: offered are %v; want %v", name, got, want)
	}
}
