package cluster_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/cluster"
	"github.com/muster-mc/muster/command"
	"github.com/muster-mc/muster/models"
	"github.com/muster-mc/muster/models/twophase"
)

// line runs a command line, and returns its status and what it printed.
func line(args ...string) (status int, out, errs string) {
	var o, e bytes.Buffer
	status = cluster.Main(args, &o, &e, models.All...)
	return status, o.String(), e.String()
}

// plain is a report without what depends on where the search was.
func plain(t *testing.T, report string) string {
	t.Helper()
	var all map[string]any
	if err := json.Unmarshal([]byte(report), &all); err != nil {
		t.Fatalf("%v: %s", err, report)
	}
	for _, name := range []string{"seconds", "bytes", "store", "distribution"} {
		delete(all, name)
	}
	text, err := json.MarshalIndent(all, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// on compares a command line on a cluster of one process with mc's.
func on(t *testing.T, bucket string, args ...string) {
	t.Helper()
	var want, errs bytes.Buffer
	wanted := command.Main(append([]string{"check", "--json"}, args...), &want, &errs, models.All...)
	status, out, said := line(append([]string{"check", "--json", "--cluster", "embedded", "--local-workers", "2", "--block", "64", "--partitions", "3", "--bucket", bucket}, args...)...)
	if status != wanted {
		t.Fatalf("status %d, want %d: %s%s", status, wanted, out, said)
	}
	if got, want := plain(t, out), plain(t, want.String()); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	if !strings.Contains(out, `"tasks": `) || strings.Contains(out, `"tasks": 0,`) {
		t.Errorf("no task was done: %s", out)
	}
}

// A whole command line gives mc's report, by way of JetStream and files, and leaves nothing.
func TestACommandLineGivesTheReportOfOneProcess(t *testing.T) {
	bucket := t.TempDir()
	on(t, "file://"+filepath.ToSlash(bucket), "twophase", "--symmetry", "off", "--rms", "4")
	on(t, bucket, "twophase", "--symmetry", "off", "--rms", "5", "--bug", "commit-early", "--safety-only")
	if left, err := filepath.Glob(filepath.Join(bucket, "*")); err != nil || len(left) > 0 {
		t.Errorf("the bucket still has %v (%v)", left, err)
	}
}

// The same by way of S3's protocol, with a prefix in the bucket.
func TestBlobsMayBeInS3(t *testing.T) {
	back := s3mem.New()
	if err := back.CreateBucket("states"); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(gofakes3.New(back).Server())
	defer server.Close()
	t.Setenv("AWS_ACCESS_KEY_ID", "muster")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "secret-of-the-test")
	query := "?region=us-east-1&use_path_style=true&endpoint=" + server.URL
	on(t, "s3://states/runs/today"+query, "twophase", "--symmetry", "off", "--rms", "4")
	status, _, errs := line("check", "twophase", "--cluster", "embedded", "--local-workers", "1", "--bucket", "s3://nowhere"+query)
	if status != 2 || !strings.Contains(errs, "cannot be used") || strings.Count(errs, "\n") > 1 || strings.Contains(errs, "secret-of-the-test") {
		t.Errorf("a bucket that is not there: status %d, %s", status, errs)
	}
}

// A mistake is told in one line, before anything is searched.
func TestMistakesAreToldInOneLine(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	closed := "nats://muster:secret@127.0.0.1:1"
	for _, x := range []struct {
		line string
		want string
	}{
		{"check twophase", "--cluster is missing"},
		{"check twophase --cluster embedded", "--bucket is missing"},
		{"check twophase --cluster embedded --bucket " + t.TempDir(), "want --local-workers NUMBER"},
		{"check twophase --cluster embedded --local-workers 1 --block 0 --bucket " + t.TempDir(), "--block 0: want 1 to"},
		{"check twophase --cluster embedded --local-workers 1 --bucket " + file, "not a directory"},
		{"check twophase --cluster embedded --local-workers 1 --bucket file://dir", "want file:///DIRECTORY"},
		{"check twophase --cluster embedded --local-workers 1 --bucket gs://dir", "no driver for gs://"},
		{"check twophase --bucket " + t.TempDir() + " --cluster " + closed, "the queue nats://...@127.0.0.1:1 cannot be reached"},
		{"work --bucket " + t.TempDir() + " --cluster " + closed, "the queue nats://...@127.0.0.1:1 cannot be reached"},
		{"work --cluster embedded --bucket " + t.TempDir(), "only the coordinator's process can reach"},
		{"work twophase", "work takes no arguments"},
		{"check twophase --cluster embedded --local-workers 1 --store disk --bucket " + t.TempDir(), "--store"},
	} {
		t.Setenv("NATS_URL", "")
		status, _, errs := line(strings.Fields(x.line)...)
		if status != 2 || !strings.Contains(errs, x.want) || strings.Count(errs, "\n") > 2 || strings.Contains(errs, "secret") {
			t.Errorf("%s: status %d, %q; want %q", x.line, status, errs, x.want)
		}
	}
}

// The command of the package comment.
func Example() {
	bucket, err := os.MkdirTemp("", "muster-example-")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(bucket)
	var out, errs bytes.Buffer
	args := []string{"check", "twophase", "--symmetry", "off", "--cluster", "embedded", "--bucket", bucket, "--local-workers", "2", "--block", "50"}
	status := cluster.Main(args, &out, &errs, []catalog.Entry{twophase.Entry}...)
	fmt.Println(status)
	fmt.Println(strings.Split(out.String(), "\n")[2])
	// Output:
	// 0
	// holds: every property, in all 288 reachable states
}

// BenchmarkEmbedded is a whole command line: a server and two workers in the process, blobs
// in files.
func BenchmarkEmbedded(b *testing.B) {
	for b.Loop() {
		status, out, errs := line("check", "twophase", "--rms", "8", "--symmetry", "off", "--cluster", "embedded", "--bucket", b.TempDir(), "--local-workers", "2")
		if status != 0 {
			b.Fatal(status, out, errs)
		}
	}
}
