package redislock

import (
	"errors"
	"testing"
	"time"

	"example.com/redislock/fence"
	"github.com/gomodule/redigo/redis"
	"github.com/muster-mc/muster/drive"
	"github.com/muster-mc/muster/trace"
)

// The lock does what its model permits, and refuses what the model does not permit.
func TestLock(t *testing.T) {
	drive.Run(t, fence.New(config), newSystem, drive.Options{Refusals: true})
}

// It does so in every state of the model that differs in who holds the lock, in what the
// clients believe, and in what the storage has seen.
func TestEveryEdge(t *testing.T) {
	drive.Run(t, fence.New(config), newSystem, drive.Options{View: []string{"Holder", "Clients", "Seen"}})
}

var config = fence.Config{Clients: 2, Lease: 2, Grants: 3}

// tick is a unit of the model's time. A test that lasts as long would confuse the two
// clocks; none does. Time passes by a nearer deadline of the key, and not by waiting.
const tick = time.Hour

const lockName, dataName = "lock", "data"

// system is a lock in Redis and its clients, beside the model.
type system struct {
	conn    redis.Conn
	clients [fence.ClientsMax]*Lock
	refused bool // the last write
}

func newSystem(t *testing.T) drive.System[fence.State] {
	s := &system{conn: dial(t)}
	for i := range s.clients {
		s.clients[i] = s.client()
	}
	return s
}

func (s *system) client() *Lock {
	l := &Lock{Conn: s.conn, Name: lockName, Lease: time.Duration(config.Lease) * tick}
	if *bug == "short-lease" {
		l.Lease -= tick
	}
	return l
}

// Do takes the steps of the model. Clients ask for nothing that makes no sense: who holds
// no lock does not release it.
func (s *system) Do(step trace.Step) (outcome any, err error) {
	if step.Action == "Tick" {
		return nil, s.tick()
	}
	i := step.Arguments.Int("client")
	l := s.clients[i]
	if (step.Action == "Acquire") == (l.Token() != 0) {
		return nil, drive.Skip
	}
	switch step.Action {
	case "Acquire":
		return nil, s.acquire(l)
	case "Renew":
		err = l.Renew()
	case "Release":
		err = s.release(l)
	case "Write":
		err = s.write(l)
		s.refused = errors.Is(err, ErrLost)
	case "Crash":
		s.clients[i] = s.client()
	}
	if errors.Is(err, ErrLost) { // what the client then believes is observed
		err = nil
	}
	return nil, err
}

// acquire stops where the model does: after so many grants.
func (s *system) acquire(l *Lock) error {
	tokens, err := s.number("GET", lockName+":tokens")
	if err == nil && tokens == config.Grants {
		return drive.Skip
	}
	if err == nil {
		err = l.Acquire()
	}
	if errors.Is(err, ErrHeld) {
		return drive.Refused
	}
	return err
}

// tick lets time pass: the lock's deadline comes nearer. Redis deletes a key whose
// deadline is past.
func (s *system) tick() error {
	left, err := s.number("PTTL", lockName)
	if err != nil {
		return err
	}
	if left < 0 { // the lock is free
		return drive.Skip
	}
	_, err = s.conn.Do("PEXPIRE", lockName, left-int(tick.Milliseconds()))
	return err
}

// number is the answer to a command, zero if there is none.
func (s *system) number(command, key string) (int, error) {
	n, err := redis.Int(s.conn.Do(command, key))
	if errors.Is(err, redis.ErrNil) {
		err = nil
	}
	return n, err
}

// Observe looks into Redis, and asks the clients what they believe.
func (s *system) Observe(m *fence.State) []drive.Difference {
	var real fence.State
	var problems []drive.Difference
	read := func(path, command, key string) uint8 {
		n, err := s.number(command, key)
		if err != nil {
			problems = append(problems, drive.Difference{Path: path, Model: "a number", Real: err.Error()})
		}
		return uint8(max(n, 0))
	}
	real.Holder = read("Holder", "GET", lockName)
	real.Tokens = read("Tokens", "GET", lockName+":tokens")
	real.Seen = read("Seen", "GET", dataName+":token")
	real.Written = real.Seen // the storage keeps one number for both
	real.Refused = s.refused
	real.Left = s.left(&problems)
	for i, l := range s.clients {
		real.Clients[i] = uint8(l.Token())
	}
	return append(problems, drive.Compare("", *m, real)...)
}

// left is the number of ticks until the deadline. It is rounded up: some of the first one
// has passed by the clock.
func (s *system) left(problems *[]drive.Difference) uint8 {
	n, err := s.number("PTTL", lockName)
	if err != nil {
		*problems = append(*problems, drive.Difference{Path: "Left", Model: "a number", Real: err.Error()})
	}
	if n < 0 { // there is no such key
		return 0
	}
	return uint8((time.Duration(n)*time.Millisecond + tick - 1) / tick)
}
