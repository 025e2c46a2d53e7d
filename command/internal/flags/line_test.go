package flags

import "testing"

func TestQuote(t *testing.T) {
	for word, quoted := range map[string]string{
		"lease": "lease", "ownership/zombie": "ownership/zombie", "a=b,c.d:e@f%g+h": "a=b,c.d:e@f%g+h",
		"": "''", "two words": "'two words'", "it's": `'it'\''s'`, "$HOME": "'$HOME'", "a;b": "'a;b'", "é": "'é'",
	} {
		if got := Quote(word); got != quoted {
			t.Errorf("%q is quoted as %s; want %s", word, got, quoted)
		}
	}
}

func TestShortDuration(t *testing.T) {
	for long, short := range map[string]string{
		"10m0s": "10m", "1h0m0s": "1h", "1h30m0s": "1h30m", "90s": "90s", "1m30s": "1m30s", "1h0m5s": "1h0m5s", "50ms": "50ms",
	} {
		if got := shortDuration(long); got != short {
			t.Errorf("%s is written %s; want %s", long, got, short)
		}
	}
}
