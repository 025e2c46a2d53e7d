package command_test

import (
	"bytes"
	"errors"
	"flag"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/command"
	"github.com/muster-mc/muster/models/twophase"
	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "rewrite the golden output in the scripts")

// TestMain has the programs of the scripts: the tool with a handful of models,
// and six programs of the kind that a user builds, two of them with entries that
// are wrong.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"mc":     program(twophase.Entry, lockEntry, gridEntry, timerEntry, panicEntry, breachEntry, floatEntry, stuckEntry),
		"locks":  program(lockEntry),
		"posts":  program(postEntry),
		"liars":  program(liarEntry),
		"vague":  program(vagueEntry),
		"clumsy": program(clumsyEntry),
		"desks":  program(deskEntry),
	})
}

func program(entries ...catalog.Entry) func() {
	return func() { os.Exit(command.Main(os.Args[1:], os.Stdout, os.Stderr, entries...)) }
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("testdata", "script"),
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       *update,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"status":    cmdStatus,
			"interrupt": cmdInterrupt,
		},
	})
}

// status N program args... runs a program that must exit with status N.
func cmdStatus(ts *testscript.TestScript, _ bool, args []string) {
	wantStatus(ts, args[0], ts.Exec(args[1], args[2:]...))
}

func wantStatus(ts *testscript.TestScript, want string, err error) {
	got := 0
	if exit := new(exec.ExitError); errors.As(err, &exit) {
		got = exit.ExitCode()
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if strconv.Itoa(got) != want {
		ts.Fatalf("exit status %d; want %s", got, want)
	}
}

// interrupt N TEXT program args... runs a program, interrupts it soon after
// it has printed the text, and wants it to exit with status N soon after. For
// status 130 it interrupts it twice.
func cmdInterrupt(ts *testscript.TestScript, _ bool, args []string) {
	cmd, out := start(ts, args[2], args[3:])
	printed := readUntil(ts, out, args[1])
	time.Sleep(300 * time.Millisecond) // it may be in the midst of something by then
	ts.Check(cmd.Process.Signal(os.Interrupt))
	if args[0] == "130" {
		time.Sleep(100 * time.Millisecond) // two at once may arrive as one
		ts.Check(cmd.Process.Signal(os.Interrupt))
	}
	interrupted := time.Now()
	rest, err := io.ReadAll(out)
	ts.Check(err)
	err = cmd.Wait()
	if took := time.Since(interrupted); took > time.Minute { // a second, on a machine that is not busy
		ts.Fatalf("it went on for %v", took)
	}
	ts.Stdout().Write(append(printed, rest...))
	ts.Stderr().Write(cmd.Stderr.(*bytes.Buffer).Bytes())
	wantStatus(ts, args[0], err)
}

func readUntil(ts *testscript.TestScript, r io.Reader, text string) []byte {
	var all []byte
	one := make([]byte, 1)
	for !bytes.Contains(all, []byte(text)) {
		if _, err := io.ReadFull(r, one); err != nil {
			ts.Fatalf("it did not print %q: %v", text, err)
		}
		all = append(all, one...)
	}
	return all
}

func start(ts *testscript.TestScript, program string, args []string) (*exec.Cmd, io.Reader) {
	path, err := exec.LookPath(program)
	ts.Check(err)
	cmd := exec.Command(path, args...)
	cmd.Dir = ts.MkAbs(".")
	cmd.Env = append(os.Environ(), "SAY_BEGUN=1")
	cmd.Stderr = new(bytes.Buffer)
	out, err := cmd.StdoutPipe()
	ts.Check(err)
	ts.Check(cmd.Start())
	ts.Defer(func() { cmd.Process.Kill() })
	return cmd, out
}
