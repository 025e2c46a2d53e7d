package bench

import (
	"fmt"
	"testing"

	"github.com/muster-mc/muster/model"
)

// BenchmarkVerdicts compares a search that caches the verdicts of a property by the part
// of the state that the property reads with a search that evaluates the property in each
// state. One property takes microseconds. The other is too cheap for a cache to pay,
// which the engine should detect.
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
