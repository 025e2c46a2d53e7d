package command

import "testing"

func TestNumbersForPeople(t *testing.T) {
	for _, test := range []struct{ got, want string }{
		{commas(0), "0"}, {commas(999), "999"}, {commas(1000), "1,000"}, {commas(1_050_001), "1,050,001"},
		{commas(1<<64 - 1), "18,446,744,073,709,551,615"},

		{several(0, "state"), "0 states"}, {several(1, "state"), "1 state"}, {several(1234, "state"), "1,234 states"},

		{size(0), "0 KiB"}, {size(1536), "1.5 KiB"}, {size(999 << 10), "999 KiB"}, {size(1000 << 10), "0.977 MiB"},
		{size(15 << 30), "15 GiB"}, {size(5000 << 40), "5e+03 TiB"},

		{seconds(0.0123), "0.012 s"}, {seconds(1.26), "1.3 s"}, {seconds(75.9), "1m15s"}, {seconds(7322), "2h2m2s"},

		{rate(123, 1), "123/s"}, {rate(5000, 1), "5 k/s"}, {rate(999_600, 1), "1 M/s"}, {rate(12_345_678, 2), "6.17 M/s"},
		{rate(5, 0), "5 k/s"}, // no time is at least a millisecond
	} {
		if test.got != test.want {
			t.Errorf("got %s; want %s", test.got, test.want)
		}
	}
}
