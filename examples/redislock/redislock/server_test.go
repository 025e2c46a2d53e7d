package redislock

import (
	"errors"
	"flag"
	"fmt"
	"net"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/gomodule/redigo/redis"
)

// server is where Redis listens, or nothing if there is no Redis.
var server string

// TestMain starts a server on the loopback interface, for these tests alone, which keeps
// its data in memory and ends with them.
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
	address, err := freeAddress()
	if err != nil {
		fmt.Println(err)
		return 1
	}
	host, port, _ := net.SplitHostPort(address)
	cmd := exec.Command(program, "--bind", host, "--port", port, "--dir", dir, "--save", "", "--appendonly", "no")
	if err := cmd.Start(); err != nil {
		fmt.Println(err)
		return 1
	}
	defer func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	}()
	if err := await(address); err != nil {
		fmt.Println(err)
		return 1
	}
	server = address
	return m.Run()
}

// freeAddress is an address that no process listened at a moment ago.
func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

// await waits until the server answers.
func await(address string) error {
	var err error
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		var c redis.Conn
		if c, err = redis.Dial("tcp", address); err != nil {
			continue
		}
		_, err = c.Do("PING")
		_ = c.Close()
		if err == nil {
			return nil
		}
	}
	return errors.Join(errors.New("redis-server does not answer"), err)
}

// dial connects with an empty server.
func dial(t *testing.T) redis.Conn {
	t.Helper()
	if server == "" {
		t.Skip("there is no redis-server here")
	}
	c, err := redis.Dial("tcp", server)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	if _, err := c.Do("FLUSHALL"); err != nil {
		t.Fatal(err)
	}
	return c
}
