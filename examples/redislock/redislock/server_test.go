package redislock

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/gomodule/redigo/redis"
)

// server is the socket at which Redis listens, or nothing if there is no Redis.
var server string

// TestMain starts a server on a socket of its own, for these tests alone, which keeps its
// data in memory and ends with them.
func TestMain(m *testing.M) {
	flag.Parse()
	os.Exit(run(m))
}

func run(m *testing.M) int {
	program, err := exec.LookPath("redis-server")
	if err != nil {
		fmt.Println("left out: there is no redis-server here; Debian has it in the package redis-server")
		return m.Run()
	}
	dir, err := os.MkdirTemp("", "redislock")
	if err != nil {
		fmt.Println(err)
		return 1
	}
	defer os.RemoveAll(dir)
	socket := filepath.Join(dir, "redis.sock") // no port that another program could take
	cmd := exec.Command(program, "--port", "0", "--unixsocket", socket, "--dir", dir, "--save", "", "--appendonly", "no")
	if err := cmd.Start(); err != nil {
		fmt.Println(err)
		return 1
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	defer func() {
		_ = cmd.Process.Kill()
		<-ended
	}()
	for !answers(socket) {
		select {
		case err := <-ended:
			ended <- err
			fmt.Println("redis-server has ended:", err)
			return 1
		case <-time.After(5 * time.Millisecond):
		}
	}
	server = socket
	return m.Run()
}

// answers reports whether there is a server at this socket.
func answers(socket string) bool {
	c, err := redis.Dial("unix", socket)
	if err != nil {
		return false
	}
	defer c.Close()
	_, err = c.Do("PING")
	return err == nil
}

// dial connects with an empty server.
func dial(t *testing.T) redis.Conn {
	t.Helper()
	if server == "" {
		t.Skip("there is no redis-server here")
	}
	c, err := redis.Dial("unix", server)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	if _, err := c.Do("FLUSHALL"); err != nil {
		t.Fatal(err)
	}
	return c
}
