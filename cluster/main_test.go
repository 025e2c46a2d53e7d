package cluster_test

import (
	"bytes"
	"testing"

	"github.com/muster-mc/muster/cluster"
	"github.com/muster-mc/muster/models"
)

// BenchmarkEmbedded is a whole command line: a server and two workers in the process, blobs
// in files.
func BenchmarkEmbedded(b *testing.B) {
	for b.Loop() {
		var out, errs bytes.Buffer
		args := []string{"check", "twophase", "--rms", "8", "--symmetry", "off", "--cluster", "embedded", "--bucket", b.TempDir(), "--local-workers", "2"}
		if status := cluster.Main(args, &out, &errs, models.All...); status != 0 {
			b.Fatal(status, out.String(), errs.String())
		}
	}
}
