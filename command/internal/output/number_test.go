package output

import "testing"

func TestNumbersForPeople(t *testing.T) {
	for _, test := range []struct{ got, want string }{
		{Size(0), "0 KiB"}, {Size(1536), "1.5 KiB"}, {Size(999 << 10), "999 KiB"}, {Size(1000 << 10), "0.977 MiB"},
		{Size(15 << 30), "15 GiB"}, {Size(5000 << 40), "5e+03 TiB"},

		{Seconds(0.0123), "0.012 s"}, {Seconds(1.26), "1.3 s"}, {Seconds(75.9), "1m15s"}, {Seconds(7322), "2h2m2s"},

		{Rate(123, 1), "123/s"}, {Rate(5000, 1), "5 k/s"}, {Rate(999_600, 1), "1 M/s"}, {Rate(12_345_678, 2), "6.17 M/s"},
		{Rate(5, 0), "5 k/s"}, // no time is at least a millisecond

		{About(0), "0"}, {About(999.4), "999"}, {About(1234), "1,230"}, {About(999_950), "1,000,000"},
		{About(1.5e6), "1.5 million"}, {About(2.345e9), "2.35 billion"}, {About(7e12), "7 trillion"}, {About(1.2e15), "1.2e+15"},

		{Duration(0.0123, 3), "0.012 s"}, {Duration(119, 3), "119 s"}, {Duration(150, 3), "2.5 min"}, {Duration(150, 1), "2 min"},
		{Duration(7200, 3), "2 h"}, {Duration(200_000, 3), "2.31 days"}, {Duration(1e8, 3), "3.2 years"},

		{Percent(0), "0.1 %"}, {Percent(0.0123), "1.2 %"}, {Percent(0.5), "50 %"},

		{Share(0, 10), "0.0 %"}, {Share(1, 100_000), "0.1 %"}, {Share(1, 3), "33.3 %"}, {Share(99_999, 100_000), "99.9 %"}, {Share(3, 3), "100 %"},
	} {
		if test.got != test.want {
			t.Errorf("got %s; want %s", test.got, test.want)
		}
	}
}
