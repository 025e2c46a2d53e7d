package trace_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/muster-mc/muster/trace"
)

// A run that leaves the constraint says so in the formats that can be replayed.
func TestBeyondThroughFiles(t *testing.T) {
	for _, beyond := range []bool{false, true} {
		tr := leaseTrace()
		tr.Beyond = beyond
		text := itfOf(t, tr, nil)
		back, meta, err := trace.ReadITF(strings.NewReader(text))
		if err != nil || back.Beyond != beyond || meta["beyond"] != nil {
			t.Errorf("through ITF %v is %v, with %v (%v)", beyond, back.Beyond, meta, err)
		}
		js, err := json.Marshal(tr)
		var read trace.Trace
		if err != nil || json.Unmarshal(js, &read) != nil || read.Beyond != beyond {
			t.Errorf("through JSON %v is %v (%v)", beyond, read.Beyond, err)
		}
	}
}
