//go:build !purego

package codec

// A stringTable makes strings of bytes, the same one for the same bytes, so
// that decoding what was decoded before allocates nothing.
type stringTable struct {
	known map[string]string
	bytes int // what the known ones take, roughly
}

const (
	stringBytesMost = 1 << 20 // what a table holds before it starts afresh
	stringOverhead  = 48      // what a string takes beside its bytes: two headers in a map
)

// of returns the string with these bytes, which are not kept.
func (t *stringTable) of(b []byte) string {
	if len(b) == 0 {
		return ""
	}
	if s, ok := t.known[string(b)]; ok { // this conversion does not allocate
		return s
	}
	return t.add(string(b))
}

// add makes a string known.
func (t *stringTable) add(s string) string {
	if t.bytes += len(s) + stringOverhead; t.known == nil || t.bytes > stringBytesMost {
		t.known, t.bytes = make(map[string]string), len(s)+stringOverhead
	}
	t.known[s] = s
	return s
}
