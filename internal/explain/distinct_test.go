package explain

import (
	"math"
	"testing"
)

// Few are counted, many estimated, in any order, each as often as one likes.
func TestDistinct(t *testing.T) {
	for _, n := range []uint64{0, 1, 1000, distinctMax, 100_000, 1_000_000} {
		var d, backwards Distinct
		for i := range n {
			d.add(mix(i))
			d.add(mix(i / 2))
			backwards.add(mix(n - 1 - i))
		}
		off := math.Abs(float64(d.Count())-float64(n)) / float64(max(1, n))
		if off > 0.03 || d.IsExact() && d.Count() != n || n <= distinctMax && !d.IsExact() || d.Count() != backwards.Count() {
			t.Errorf("%d: got %d and %d", n, d.Count(), backwards.Count())
		}
	}
}
