package main

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// say prints what happened, with the time since the cluster began.
func (c *cluster) say(format string, args ...any) {
	fmt.Printf("%6.2f s  %s\n", time.Since(c.began).Seconds(), fmt.Sprintf(format, args...))
}

// where is the flags that all processes of the cluster have.
func (c *cluster) where(name string) []string {
	url := c.url
	if c.proxy != nil && name == "worker 0" {
		url = "nats://" + c.proxy.address()
	}
	return []string{"--cluster", url, "--bucket", filepath.Join(c.directory, "blobs"), "--ack-wait", ackWait.String(), "--patience", "5m"}
}

func (c *cluster) command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(c.program, args...)
	if *verbose {
		cmd.Stderr = &prefixed{name: name, c: c}
	}
	return cmd
}

// prefixed prints lines with the name of the process that has written them.
type prefixed struct {
	name string
	c    *cluster
	rest string
}

func (p *prefixed) Write(data []byte) (int, error) {
	p.rest += string(data)
	for {
		line, rest, ok := strings.Cut(p.rest, "\n")
		if !ok {
			return len(data), nil
		}
		p.c.say("%s: %s", p.name, line)
		p.rest = rest
	}
}

func (c *cluster) start(name string, cmd *exec.Cmd) error {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.processes[name] = cmd
	return cmd.Start()
}

// startWorker starts a worker, of one task at a time.
func (c *cluster) startWorker(i int) error {
	name := fmt.Sprint("worker ", i)
	cmd := c.command(name, append([]string{"work", "--tasks", "1"}, c.where(name)...)...)
	return c.start(name, cmd)
}

func (c *cluster) startServer() error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	port := c.url[strings.LastIndex(c.url, ":")+1:]
	cmd := exec.Command(self, "-serve", port, "-serve-directory", filepath.Join(c.directory, "streams"))
	if err := c.start("server", cmd); err != nil {
		return err
	}
	for range 200 {
		if conn, err := net.DialTimeout("tcp", "127.0.0.1:"+port, time.Second); err == nil {
			return conn.Close()
		}
		time.Sleep(50 * time.Millisecond)
	}
	return fmt.Errorf("the server does not listen")
}

// kill kills a process that this command has started, and waits for its end.
func (c *cluster) kill(name string) {
	c.mutex.Lock()
	cmd := c.processes[name]
	c.mutex.Unlock()
	if cmd == nil || cmd.Process.Kill() != nil {
		return
	}
	if name == "coordinator" { // coordinate waits for it
		return
	}
	_ = cmd.Wait() // it says that it was killed
	c.ended(name, cmd)
}

// ended adds up what a process has taken.
func (c *cluster) ended(name string, cmd *exec.Cmd) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	delete(c.processes, name)
	role, _, _ := strings.Cut(name, " ")
	c.cpu[role] += cpuOf(cmd)
	if role == "worker" {
		c.memory = max(c.memory, memoryOf(cmd))
	}
}

// killAll ends what is left.
func (c *cluster) killAll() {
	c.mutex.Lock()
	var names []string
	for name := range c.processes {
		names = append(names, name)
	}
	c.mutex.Unlock()
	for _, name := range names {
		c.kill(name)
	}
}

func cpuOf(cmd *exec.Cmd) time.Duration {
	return cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
}

// memoryOf is the most memory that a process had, in KiB.
func memoryOf(cmd *exec.Cmd) int64 {
	if u, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		return int64(u.Maxrss)
	}
	return 0
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}
