package jetstream_test

import (
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/muster-mc/muster/cluster/queue"
	"github.com/muster-mc/muster/cluster/queue/jetstream"
)

const wait = 300 * time.Millisecond

// queues are all kinds of queue, empty.
func queues(t *testing.T) map[string]queue.Queue {
	s, err := jetstream.Start(jetstream.ServerOptions{Directory: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Stop)
	q, err := s.Connect(jetstream.Options{AckWait: wait})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(q.Close)
	return map[string]queue.Queue{"memory": queue.NewMemory(wait), "jetstream": q}
}

// pull waits for a message for as long as the test may take.
func pull(t *testing.T, q queue.Queue, topic string) queue.Message {
	t.Helper()
	for {
		m, err := q.Pull(t.Context(), topic, wait)
		if err != nil {
			t.Fatal(err)
		}
		if m != nil {
			return m
		}
	}
}

// A message is delivered until it is acknowledged, one with a known id is dropped, and topics
// do not mix.
func TestQueuesDeliverAtLeastOnce(t *testing.T) {
	for name, q := range queues(t) {
		t.Run(name, func(t *testing.T) {
			ctx := t.Context()
			for i := range 2 {
				if err := q.Publish(ctx, "tasks.a", "one", fmt.Append(nil, "first ", i)); err != nil {
					t.Fatal(err)
				}
			}
			if err := q.Publish(ctx, "tasks.b", "one", []byte("other")); err != nil {
				t.Fatal(err)
			}
			m := pull(t, q, "tasks.a")
			first := m.Delivered()
			if string(m.Data()) != "first 0" || first < 1 {
				t.Fatalf("got %q, delivered %d times", m.Data(), first)
			}
			again := pull(t, q, "tasks.a") // it was not acknowledged
			if string(again.Data()) != "first 0" || again.Delivered() <= first {
				t.Fatalf("got %q, delivered %d times after %d", again.Data(), again.Delivered(), first)
			}
			if err := again.Done(ctx); err != nil {
				t.Fatal(err)
			}
			if m, err := q.Pull(ctx, "tasks.a", 2*wait); m != nil || err != nil {
				t.Fatalf("a message that is done came again: %v, %v", m, err)
			}
			if err := q.Clear(ctx, "tasks.b"); err != nil {
				t.Fatal(err)
			}
			if m, err := q.Pull(ctx, "tasks.b", wait); m != nil || err != nil {
				t.Fatalf("a topic that was cleared has %v, %v", m, err)
			}
		})
	}
}

// One worker at a time has a message, as long as it says in time that it is working.
func TestAMessageThatIsWorkedOnStays(t *testing.T) {
	for name, q := range queues(t) {
		t.Run(name, func(t *testing.T) {
			if err := q.Publish(t.Context(), "tasks.a", "one", nil); err != nil {
				t.Fatal(err)
			}
			said := time.Now()
			m := pull(t, q, "tasks.a")
			for inTime := 0; inTime < 6; {
				before := said
				said = time.Now()
				if err := m.Working(); err != nil {
					t.Fatal(err)
				}
				other, err := q.Pull(t.Context(), "tasks.a", wait/4)
				if err != nil {
					t.Fatal(err)
				}
				switch silent := time.Since(before); {
				case silent <= wait && other != nil:
					t.Fatalf("it was delivered to another one %v after it was worked on", silent)
				case silent <= wait:
					inTime++
				default: // the test was late: the queue may deliver the message again
					if other == nil {
						said = time.Now()
						other = pull(t, q, "tasks.a")
					}
					m, inTime = other, 0
				}
			}
		})
	}
}

// What is told is heard by those who listen.
func TestWhatIsToldIsHeard(t *testing.T) {
	for name, q := range queues(t) {
		t.Run(name, func(t *testing.T) {
			heard := make(chan string, 10)
			stop, err := q.Hear("runs", func(data []byte) { heard <- string(data) })
			if err != nil {
				t.Fatal(err)
			}
			if err := q.Tell("runs", []byte("hello")); err != nil {
				t.Fatal(err)
			}
			if got := <-heard; got != "hello" {
				t.Errorf("heard %q", got)
			}
			stop()
		})
	}
}

// relay listens on a port of its own, and passes what comes there to a server that may be
// another one each time: so a server that starts again needs no port to be free.
type relay struct {
	net.Listener
	server atomic.Pointer[string] // its address
}

func newRelay(t *testing.T) *relay {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	r := &relay{Listener: l}
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go r.pass(c)
		}
	}()
	return r
}

func (r *relay) pass(client net.Conn) {
	defer client.Close()
	server, err := net.Dial("tcp", *r.server.Load())
	if err != nil {
		return
	}
	defer server.Close()
	go func() {
		_, _ = io.Copy(server, client)
		server.Close()
	}()
	_, _ = io.Copy(client, server)
}

// A server whose directory is lost is noticed, and used on.
func TestAServerThatHasLostEverythingIsUsedOn(t *testing.T) {
	directory := filepath.Join(t.TempDir(), "streams")
	r := newRelay(t)
	start := func() *jetstream.Server {
		s, err := jetstream.Start(jetstream.ServerOptions{Directory: directory, Port: jetstream.AnyPort})
		if err != nil {
			t.Fatal(err)
		}
		address := strings.TrimPrefix(s.URL(), "nats://")
		r.server.Store(&address)
		return s
	}
	s := start()
	q, err := jetstream.Connect(jetstream.Options{URL: "nats://" + r.Addr().String(), AckWait: wait})
	if err != nil {
		t.Fatal(err)
	}
	defer q.Close()
	publish := func() error { return q.Publish(context.Background(), "tasks.a", "one", []byte("task")) }
	if err := publish(); err != nil {
		t.Fatal(err)
	}
	before := q.Losses()
	s.Stop()
	if err := os.RemoveAll(directory); err != nil {
		t.Fatal(err)
	}
	s = start()
	defer s.Stop()
	for publish() != nil { // until the queue has found the server
		time.Sleep(10 * time.Millisecond)
	}
	if q.Losses() == before {
		t.Error("the loss was not noticed")
	}
	if m := pull(t, q, "tasks.a"); string(m.Data()) != "task" {
		t.Errorf("got %q", m.Data())
	}
}

// Secrets are in no message.
func TestRedactedHidesSecrets(t *testing.T) {
	for text, want := range map[string]string{
		"nats://host:4222":                        "nats://host:4222",
		"nats://me:secret@host:4222":              "nats://...@host:4222",
		"nats://secret@a:1, nats://me:secret@b:2": "nats://...@a:1,nats://...@b:2",
		"nats://%zz:secret@host":                  "(an address that cannot be read)",
	} {
		if got := jetstream.Redacted(text); got != want || strings.Contains(got, "secret") {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}
