package chart

import (
	"strings"
	"testing"
)

func TestPowers(t *testing.T) {
	for _, test := range []struct {
		least, most float64
		want        string
	}{
		{0.9, 4.1, "10 100 1 k 10 k"},
		{0.5, 2.5, "5 10 20 50 100 200"},
		{2.1, 2.6, "150 200 300"},
		{0, 12, "1 100 10 k 1 M 100 M 10 G 1 T"},
	} {
		var got []string
		for _, tick := range powers(test.least, test.most) {
			got = append(got, tick.label)
		}
		if strings.Join(got, " ") != test.want {
			t.Errorf("%v to %v: got %s; want %s", test.least, test.most, strings.Join(got, " "), test.want)
		}
	}
}

// The number of labels is limited, so that they do not overlap.
func TestPowersAreNotTooMany(t *testing.T) {
	for most := 1.0; most < 310; most++ {
		if n := len(powers(0, most)); n < 2 || n > powersMax+1 {
			t.Errorf("%d ticks up to 10^%v", n, most)
		}
	}
}

func TestScale(t *testing.T) {
	s := scale{least: 2, most: 4, from: 100, to: 50}
	for value, want := range map[float64]float64{2: 100, 3: 75, 4: 50} {
		if got := s.at(value); got != want {
			t.Errorf("%v is at %v, want %v", value, got, want)
		}
	}
	if got := (scale{least: 2, most: 2, from: 100, to: 50}).at(2); got != 75 {
		t.Errorf("what is alone is at %v, want the middle", got)
	}
}
