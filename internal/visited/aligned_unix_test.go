//go:build unix && !purego

package visited

import (
	"testing"
	"unsafe"

	"github.com/muster-mc/muster/internal/pages"
)

// Buckets are aligned to cache lines, and large tables to large pages.
func TestSlotsAreAligned(t *testing.T) {
	for _, n := range []uint64{bucketSlots, 256, 1_000, pages.Huge/8 - 8, pages.Huge / 8, pages.Huge/8 + 8, pages.Huge} {
		slots, m := allocate(n)
		boundary := uintptr(64)
		if n*8 >= pages.Huge {
			boundary = pages.Huge
		}
		if at := uintptr(unsafe.Pointer(unsafe.SliceData(slots))); at%boundary != 0 {
			t.Errorf("%d slots begin at %#x, which is no multiple of %d", n, at, boundary)
		}
		m.release()
	}
}
