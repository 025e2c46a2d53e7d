package cluster_test

import (
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"unsafe"

	"github.com/muster-mc/muster/cluster"
)

// nobody is the number of a user who may write only where every user may.
const nobody = 65534

// prepare changes what this process may do: "user UID" makes it another user, and "files
// BYTES" limits the size of the files that it writes.
func prepare(what string) error {
	kind, number, _ := strings.Cut(what, " ")
	n, err := strconv.Atoi(number)
	switch {
	case kind == "":
		return nil
	case err != nil:
		return err
	case kind == "user":
		if _, err := cluster.Build(); err != nil { // it reads the program, which that user may not
			return err
		}
		return syscall.Setuid(n)
	case kind == "files":
		signal.Ignore(syscall.SIGXFSZ)
		return syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: uint64(n), Max: uint64(n)})
	}
	return fmt.Errorf("what is %q?", what)
}

// smallDisk is a directory on a disk of 300 KiB, with what a process has to do before, and what
// it says when the disk is full. Who may mount no disk gets a limit of the size of a file, in
// bytes: a process notices it in the same way.
func smallDisk(t *testing.T, limit int) (directory, before, full string) {
	t.Helper()
	directory = t.TempDir()
	if err := syscall.Mount("tmpfs", directory, "tmpfs", 0, "size=300k"); err != nil {
		t.Logf("no disk can be mounted (%v)", err)
		return directory, fmt.Sprint("files ", limit), "file too large"
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(directory, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return directory, "", "no space left on device"
}

// inOneLine wants a process to end with status 2, and a line on standard error that begins
// with the program's name and has these texts.
func inOneLine(t *testing.T, c *exec.Cmd, texts ...string) {
	t.Helper()
	p := start(t, c)
	status, told := p.end()
	_, line, ok := strings.Cut("\n"+told, "\nmc-cluster: ")
	if status != 2 || !ok || strings.Count(line, "\n") != 1 {
		t.Fatalf("status %d: %s%s", status, told, &p.out)
	}
	for _, text := range texts {
		if !strings.Contains(line, text) {
			t.Errorf("it says %q, want %q in it", line, text)
		}
	}
	t.Log(told)
}

// A bucket on a disk that is full ends the run with one line. When there is room, the same
// command goes on.
func TestAFullDiskForTheBucket(t *testing.T) {
	disk, before, full := smallDisk(t, 12_000)
	line := "check twophase --symmetry off --rms 6 --block 500 --cluster embedded --local-workers 2 --bucket " + disk
	inOneLine(t, asCommand(before, line), "the bucket refuses: "+disk, full)
	if before == "" {
		if err := syscall.Mount("", disk, "", syscall.MS_REMOUNT, "size=100m"); err != nil {
			t.Fatal(err)
		}
	}
	p := start(t, asCommand("", line))
	if status, told := p.end(); status != 0 || !strings.Contains(told, "goes on from level ") {
		t.Errorf("status %d: %s%s", status, told, &p.out)
	}
}

// So does a full disk of a queue in the process.
func TestAFullDiskForTheQueue(t *testing.T) {
	disk, before, full := smallDisk(t, 64_000)
	c := asCommand(before, "check twophase --symmetry off --rms 7 --block 50 --partitions 2 --cluster embedded --local-workers 2 --bucket "+t.TempDir())
	c.Env = append(c.Env, "TMPDIR="+disk)
	inOneLine(t, c, "the queue refuses: "+disk, full)
}

// Directories in which a user may not write are told in one line.
func TestMissingPermissionIsToldInOneLine(t *testing.T) {
	before, closed := "", filepath.Join(t.TempDir(), "closed")
	if os.Geteuid() == 0 { // who may write everywhere
		before = fmt.Sprint("user ", nobody)
	}
	if err := os.Mkdir(closed, 0o500); err != nil {
		t.Fatal(err)
	}
	for _, bucket := range []string{closed, filepath.Join(closed, "new"), "file://" + closed} {
		line := "check twophase --cluster embedded --local-workers 2 --bucket " + bucket
		inOneLine(t, asCommand(before, line), "the bucket "+bucket+" cannot be used", "permission denied")
	}
	open := filepath.Join(t.TempDir(), "open")
	if err := os.Mkdir(open, 0o700); err != nil {
		t.Fatal(err)
	}
	c := asCommand(before, "check twophase --cluster embedded --local-workers 2 --bucket "+open)
	if before != "" {
		for dir := open; dir != os.TempDir() && dir != "/"; dir = filepath.Dir(dir) {
			if err := os.Chmod(dir, 0o777); err != nil {
				t.Fatal(err)
			}
		}
	}
	c.Env = append(c.Env, "TMPDIR="+closed)
	inOneLine(t, c, "the queue has no place for its files", "permission denied")
}

// terminal opens a pseudo-terminal of 200 columns: what the process of the test reads, and what
// another process takes for its terminal.
func terminal(t *testing.T) (reader, tty *os.File) {
	t.Helper()
	reader, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { reader.Close() })
	control := func(request uintptr, value unsafe.Pointer) {
		t.Helper()
		if _, _, errno := syscall.Syscall(syscall.SYS_IOCTL, reader.Fd(), request, uintptr(value)); errno != 0 {
			t.Fatal(errno)
		}
	}
	var locked, number int32
	control(syscall.TIOCSPTLCK, unsafe.Pointer(&locked))
	control(syscall.TIOCGPTN, unsafe.Pointer(&number))
	size := [4]uint16{50, 200}
	control(syscall.TIOCSWINSZ, unsafe.Pointer(&size))
	tty, err = os.OpenFile(fmt.Sprint("/dev/pts/", number), os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	return reader, tty
}

// On a terminal the progress is one line that overwrites itself, and is gone in the end.
func TestProgressOnATerminal(t *testing.T) {
	where := " --cluster " + serve(t) + " --bucket " + t.TempDir()
	reader, tty := terminal(t)
	c := asCommand("", "check twophase --symmetry off --block 50"+where)
	c.Env = append(c.Env, "TERM=xterm")
	c.Stderr = tty
	var out strings.Builder
	c.Stdout = &out
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	tty.Close()
	t.Cleanup(func() { _ = c.Process.Kill() })
	var all []byte
	some := make([]byte, 1000)
	await := func(text string) {
		t.Helper()
		for !strings.Contains(string(all), text) {
			n, err := reader.Read(some)
			all = append(all, some[:n]...)
			if err != nil {
				t.Fatalf("%q is not in %q: %v", text, all, err)
			}
		}
	}
	const erase = "\r\x1b[K"
	await("  0 workers  level 6: expand 0 of 1  ") // there is no worker yet, so it stays there
	all = nil
	await(erase)
	if strings.Contains(string(all), "\n") {
		t.Errorf("the progress goes over several lines: %q", all)
	}
	start(t, asCommand("", "work --once"+where))
	for n, err := 0, error(nil); err == nil; all = append(all, some[:n]...) {
		n, err = reader.Read(some) // the error is that the other end is closed
	}
	if err := c.Wait(); err != nil || !strings.Contains(out.String(), "in all 288 reachable states") {
		t.Errorf("%v: %s", err, &out)
	}
	lines := strings.Split(string(all), erase)
	if last := lines[len(lines)-1]; strings.Contains(last, "frontier") {
		t.Errorf("the progress is still there: %q", last)
	}
	t.Logf("%q", all)
}
