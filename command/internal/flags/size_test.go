package flags

import "testing"

func TestSize(t *testing.T) {
	for text, want := range map[string]struct {
		bytes   uint64
		written string
	}{
		"4GiB":    {4 << 30, "4GiB"},
		"512MiB":  {512 << 20, "512MiB"},
		"1024MiB": {1 << 30, "1GiB"},
		"1.5GiB":  {3 << 29, "1536MiB"},
		"2TiB":    {2 << 40, "2TiB"},
		"64KiB":   {64 << 10, "64KiB"},
		"0.5KiB":  {512, "0.5KiB"},
	} {
		var a Size
		if err := a.Set(text); err != nil || uint64(a) != want.bytes {
			t.Errorf("%s is %d bytes (%v), want %d", text, a, err, want.bytes)
		}
		if got := a.String(); got != want.written {
			t.Errorf("%s is written %s, want %s", text, got, want.written)
		}
		var again Size
		if err := again.Set(a.String()); err != nil || again != a {
			t.Errorf("%s does not come back: %d (%v)", a.String(), again, err)
		}
	}
}

func TestNoSize(t *testing.T) {
	for _, text := range []string{
		"", "4", "GiB", "4 apples", "-1GiB", "0GiB", "NaNGiB", "InfGiB", "1e30TiB", "4gib", "4GB", "4GiB!", "0.0001KiB",
	} {
		var a Size
		if err := a.Set(text); err == nil {
			t.Errorf("%q is taken for %d bytes", text, a)
		}
	}
}
