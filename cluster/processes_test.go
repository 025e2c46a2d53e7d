package cluster_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/muster-mc/muster/cluster"
	"github.com/muster-mc/muster/cluster/queue/jetstream"
	"github.com/muster-mc/muster/models"
)

// isCommand has this program be mc-cluster: its value says what to do before.
const isCommand = "MUSTER_TEST_COMMAND"

func TestMain(m *testing.M) {
	before, is := os.LookupEnv(isCommand)
	if !is {
		os.Exit(m.Run())
	}
	if err := prepare(before); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(99)
	}
	os.Exit(cluster.Main(os.Args[1:], os.Stdout, os.Stderr, models.All...))
}

// process is a program that a test has started. The test reads its standard error line by
// line, and waits for lines as long as it takes.
type process struct {
	*exec.Cmd
	lines *bufio.Reader
	told  strings.Builder // what was read so far
	out   strings.Builder

	ended sync.Once
	err   error
}

// asCommand is mc-cluster, made of this program.
func asCommand(before, line string) *exec.Cmd {
	c := exec.Command(os.Args[0], strings.Fields(line)...)
	c.Args[0] = "mc-cluster"
	c.Env = append(os.Environ(), isCommand+"="+before)
	return c
}

func start(t *testing.T, c *exec.Cmd) *process {
	t.Helper()
	p := &process{Cmd: c}
	c.Stdout = &p.out
	errs, err := c.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	p.lines = bufio.NewReader(errs)
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = c.Process.Kill()
		p.end()
	})
	return p
}

// await reads what the process says until a line has this in it.
func (p *process) await(t *testing.T, text string) {
	t.Helper()
	for !strings.Contains(p.told.String(), text) {
		line, err := p.lines.ReadString('\n')
		p.told.WriteString(line)
		if err != nil {
			t.Fatalf("it never said %q, but %s%s", text, &p.told, &p.out)
		}
	}
}

// end waits for the end, and returns the status and all that was said.
func (p *process) end() (status int, told string) {
	p.ended.Do(func() {
		_, _ = io.Copy(&p.told, p.lines)
		p.err = p.Wait()
	})
	return p.ProcessState.ExitCode(), p.told.String()
}

// serve starts a server for the queue.
func serve(t *testing.T) (url string) {
	t.Helper()
	s, err := jetstream.Start(jetstream.ServerOptions{Directory: t.TempDir(), Port: jetstream.AnyPort})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Stop)
	return s.URL()
}

// program builds mc-cluster, with changes of some files.
func program(t *testing.T, name string, changed map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	overlay := map[string]map[string]string{"Replace": {}}
	for file, content := range changed {
		other := filepath.Join(dir, filepath.Base(file))
		if err := os.WriteFile(other, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		overlay["Replace"][file] = other
	}
	text, err := json.Marshal(overlay)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
	binary := filepath.Join(dir, name)
	if out, err := exec.Command("go", "build", "-overlay", file, "-o", binary, "./cmd/mc-cluster").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return binary
}

// Two builds of the program do not work together if one has a changed model: worker and
// coordinator say so, and the run waits for a worker of its own build.
func TestABuildWithAChangedModelIsRefused(t *testing.T) {
	file, err := filepath.Abs(filepath.Join("..", "models", "twophase", "twophase.go"))
	if err != nil {
		t.Fatal(err)
	}
	source, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	const guard = "s.TMPrepared == p.everyone || p.Bug == \"commit-early\""
	changed := strings.Replace(string(source), guard, "true", 1)
	if changed == string(source) {
		t.Fatalf("the model has no guard %q any more", guard)
	}
	own := program(t, "mc-cluster", nil)
	other := program(t, "mc-cluster", map[string]string{file: changed})

	where := []string{"--cluster", serve(t), "--bucket", t.TempDir()}
	stranger := start(t, exec.Command(other, append([]string{"work"}, where...)...))
	check := start(t, exec.Command(own, append([]string{"check", "twophase", "--symmetry=off", "--block=50"}, where...)...))
	check.await(t, "is of another build")
	stranger.await(t, "is of another build")
	start(t, exec.Command(own, append([]string{"work"}, where...)...))
	if status, told := check.end(); status != 0 || !strings.Contains(check.out.String(), "in all 288 reachable states") {
		t.Errorf("status %d: %s%s", status, told, &check.out)
	}
	_ = stranger.Process.Kill()
	if _, told := stranger.end(); strings.Contains(told, ": working") {
		t.Errorf("the worker of another build has worked: %s", told)
	}
	t.Logf("%s\n%s", &check.told, &stranger.told)
}

// A coordinator whose run another one has taken over ends with one line, and status 2.
func TestASecondCommandTakesARunOver(t *testing.T) {
	where := " --cluster " + serve(t) + " --bucket " + t.TempDir()
	line := "check twophase --symmetry off --block 50" + where
	first := start(t, asCommand("", line))
	start(t, asCommand("", "work"+where)).await(t, "waiting for runs") // it works for both
	second := start(t, asCommand("", line))
	for _, p := range []*process{first, second} {
		switch status, told := p.end(); {
		case status == 0 && strings.Contains(p.out.String(), "in all 288 reachable states"):
		case status == 2 && strings.Count(told, "mc-cluster: ") == 1 && strings.Contains(told, "has taken over run"):
		default:
			t.Errorf("status %d: %s%s", status, told, &p.out)
		}
	}
	if first.ProcessState.ExitCode() != 0 && second.ProcessState.ExitCode() != 0 {
		t.Error("neither has the report")
	}
}
