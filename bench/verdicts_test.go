package bench

import "testing"

// BenchmarkVerdicts compares a search that remembers what an expensive property
// said of the part of the state it reads with one that asks again in each state.
func BenchmarkVerdicts(b *testing.B) {
	b.Run("remembered", func(b *testing.B) { measure(b, engine(b, register(), 1)) })
	b.Run("asked anew", func(b *testing.B) {
		m := register()
		for i := range m.Properties {
			m.Properties[i].Part = nil
		}
		measure(b, engine(b, m, 1))
	})
}
