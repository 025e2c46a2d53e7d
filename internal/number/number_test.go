package number

import "testing"

func TestNumbers(t *testing.T) {
	for _, test := range []struct{ got, want string }{
		{Commas(0), "0"}, {Commas(999), "999"}, {Commas(1000), "1,000"}, {Commas(1_050_001), "1,050,001"},
		{Commas(uint64(1<<64 - 1)), "18,446,744,073,709,551,615"},
		{Count(0, "state"), "0 states"}, {Count(1, "state"), "1 state"}, {Count(uint64(1234), "state"), "1,234 states"},
	} {
		if test.got != test.want {
			t.Errorf("got %s; want %s", test.got, test.want)
		}
	}
}
