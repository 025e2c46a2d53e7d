package jetstream_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
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

func pull(t *testing.T, q queue.Queue, topic string) queue.Message {
	t.Helper()
	for range 20 {
		m, err := q.Pull(t.Context(), topic, wait)
		if err != nil {
			t.Fatal(err)
		}
		if m != nil {
			return m
		}
	}
	t.Fatal("there is no message")
	return nil
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
			if string(m.Data()) != "first 0" || m.Delivered() != 1 {
				t.Fatalf("got %q, delivered %d times", m.Data(), m.Delivered())
			}
			again := pull(t, q, "tasks.a") // it was not acknowledged
			if string(again.Data()) != "first 0" || again.Delivered() != 2 {
				t.Fatalf("got %q, delivered %d times", again.Data(), again.Delivered())
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

// One worker at a time has a message.
func TestAMessageThatIsWorkedOnStays(t *testing.T) {
	for name, q := range queues(t) {
		t.Run(name, func(t *testing.T) {
			if err := q.Publish(t.Context(), "tasks.a", "one", nil); err != nil {
				t.Fatal(err)
			}
			m := pull(t, q, "tasks.a")
			for range 6 {
				if err := m.Working(); err != nil {
					t.Fatal(err)
				}
				if m, err := q.Pull(t.Context(), "tasks.a", wait/4); m != nil || err != nil {
					t.Fatalf("got %v, %v", m, err)
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

// A server whose directory is lost is noticed, and used on.
func TestAServerThatHasLostEverythingIsUsedOn(t *testing.T) {
	directory := filepath.Join(t.TempDir(), "streams")
	port := 0
	start := func() *jetstream.Server {
		if port == 0 {
			port = 20000 + os.Getpid()%20000
		}
		s, err := jetstream.Start(jetstream.ServerOptions{Directory: directory, Port: port})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	s := start()
	q, err := jetstream.Connect(jetstream.Options{URL: s.URL(), AckWait: wait})
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
	for range 100 {
		if err = publish(); err == nil {
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	if err != nil {
		t.Fatal(err)
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
