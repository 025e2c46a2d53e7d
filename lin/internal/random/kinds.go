package random

import (
	"math/rand/v2"

	"github.com/muster-mc/muster/lin"
)

// The kinds of the objects that package lin has, small enough that answers coincide.
var (
	Register = Kind[lin.Register[uint8], lin.RegisterOp[uint8], uint8]{3, 6, registerOp}
	Once     = Kind[lin.WriteOnce[uint8], lin.RegisterOp[uint8], uint8]{3, 6, registerOp}
	CAS      = Kind[lin.CAS[uint8], lin.CASOp[uint8], lin.CASAnswer[uint8]]{3, 6, func(rng *rand.Rand, _ Client) lin.CASOp[uint8] {
		switch rng.IntN(3) {
		case 0:
			return lin.CASOp[uint8]{Kind: lin.CASWrite, New: digit(rng, 3)}
		case 1:
			return lin.CASOp[uint8]{Kind: lin.CASSwap, Old: digit(rng, 3), New: digit(rng, 3)}
		}
		return lin.CASOp[uint8]{}
	}}
	Map = Kind[lin.Map[uint8, uint8, [2]uint8], lin.MapOp[uint8, uint8], uint8]{3, 6, func(rng *rand.Rand, c Client) lin.MapOp[uint8, uint8] {
		return lin.MapOp[uint8, uint8]{Key: digit(rng, 2), RegisterOp: registerOp(rng, c)}
	}}
	Queue = Kind[lin.Queue[uint8, [3]uint8], lin.EndOp[uint8], lin.Taken[uint8]]{3, 6, endOp}
	Stack = Kind[lin.Stack[uint8, [3]uint8], lin.EndOp[uint8], lin.Taken[uint8]]{3, 6, endOp}
	Set   = Kind[lin.Set[uint8], lin.SetOp[uint8], bool]{3, 6, func(rng *rand.Rand, _ Client) lin.SetOp[uint8] {
		return lin.SetOp[uint8]{Kind: lin.SetKind(rng.IntN(3)), Item: digit(rng, 2)}
	}}
	Lock = Kind[lin.Lock[Client], lin.LockOp[Client], uint8]{3, 6, func(rng *rand.Rand, c Client) lin.LockOp[Client] {
		return lin.LockOp[Client]{Release: rng.IntN(2) == 0, Client: c}
	}}
)

func digit(rng *rand.Rand, n int) uint8 { return uint8(rng.IntN(n)) }

func registerOp(rng *rand.Rand, _ Client) lin.RegisterOp[uint8] {
	if rng.IntN(2) == 0 {
		return lin.Read[uint8]()
	}
	return lin.Write(1 + digit(rng, 2))
}

func endOp(rng *rand.Rand, _ Client) lin.EndOp[uint8] {
	if rng.IntN(2) == 0 {
		return lin.Take[uint8]()
	}
	return lin.Put(1 + digit(rng, 2))
}
