package bench

import (
	"fmt"
	"testing"

	"github.com/muster-mc/muster/model"
)

// BenchmarkVerdicts compares a search that may remember what a property said of
// the part of the state it reads with one that asks again in each state: of a
// property that takes microseconds, and of one that is too cheap for it to be worth
// remembering, which the engine is to notice.
func BenchmarkVerdicts(b *testing.B) {
	for _, transactions := range []int{6, 7, 8} {
		b.Run(fmt.Sprintf("orders of %d", transactions), func(b *testing.B) { verdicts(b, orders(transactions)) })
	}
	b.Run("register", func(b *testing.B) { verdicts(b, register()) })
}

func verdicts[S any](b *testing.B, m *model.Model[S]) {
	b.Run("remembered", func(b *testing.B) { measure(b, engine(b, m, 1)) })
	for i := range m.Properties {
		m.Properties[i].Part = nil
	}
	b.Run("asked anew", func(b *testing.B) { measure(b, engine(b, m, 1)) })
}
