//go:build unix && !purego

package pages

import (
	"syscall"
	"testing"
)

// BenchmarkFirstTouch measures the first write to memory in pages of the system's
// default size and in large ones.
func BenchmarkFirstTouch(b *testing.B) {
	const bytes = 256 << 20
	advised := func() ([]byte, Mapping, bool) { return mapped(bytes, bytes) }
	plain := func() ([]byte, Mapping, bool) {
		data, err := syscall.Mmap(-1, 0, bytes, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
		return data, Mapping{data}, err == nil
	}
	for _, c := range []struct {
		name string
		get  func() ([]byte, Mapping, bool)
	}{{"plain", plain}, {"large", advised}} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				data, m, ok := c.get()
				if !ok {
					b.Fatal("there is no memory")
				}
				for i := 0; i < len(data); i += 4096 {
					data[i] = 1
				}
				m.Release()
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/bytes, "ns/byte")
		})
	}
}
