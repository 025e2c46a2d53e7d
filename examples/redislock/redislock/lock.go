// Package redislock is a lock with leases and fencing tokens, kept by Redis. It is the
// real code whose protocol package fence models, and knows nothing of the model.
package redislock

import (
	"errors"
	"time"

	"github.com/gomodule/redigo/redis"
)

// ErrHeld is the error of a lock that another client holds.
var ErrHeld = errors.New("the lock is held")

// ErrLost is the error of a lease that has ended, or of a write whose token is too old.
var ErrLost = errors.New("the lock was lost")

// Lock is a lock of this name, as one client sees it. It is for one goroutine.
type Lock struct {
	Conn  redis.Conn
	Name  string
	Lease time.Duration

	token int64 // by which the client believes to hold the lock, or 0
}

// The scripts run in Redis, each as one step. The lock is a key whose value is the token
// of its holder, and which Redis deletes at the end of the lease.
var (
	acquire = redis.NewScript(2, `
		if redis.call('exists', KEYS[1]) == 1 then return 0 end
		local token = redis.call('incr', KEYS[2])
		redis.call('set', KEYS[1], token, 'px', ARGV[1])
		return token`)
	renew = redis.NewScript(1, `
		if redis.call('get', KEYS[1]) ~= ARGV[1] then return 0 end
		return redis.call('pexpire', KEYS[1], ARGV[2])`)
	release = redis.NewScript(1, `
		if redis.call('get', KEYS[1]) ~= ARGV[1] then return 0 end
		return redis.call('del', KEYS[1])`)
	write = redis.NewScript(2, `
		if tonumber(ARGV[1]) < tonumber(redis.call('get', KEYS[2]) or '0') then return 0 end
		redis.call('set', KEYS[2], ARGV[1])
		redis.call('set', KEYS[1], ARGV[2])
		return 1`)
)

// Acquire takes the lock, or returns [ErrHeld].
func (l *Lock) Acquire() error {
	token, err := redis.Int64(acquire.Do(l.Conn, l.Name, l.Name+":tokens", l.Lease.Milliseconds()))
	if err == nil && token == 0 {
		return ErrHeld
	}
	l.token = token
	return err
}

// Renew begins the lease anew, or returns [ErrLost].
func (l *Lock) Renew() error {
	return l.ask(redis.Int(renew.Do(l.Conn, l.Name, l.token, l.Lease.Milliseconds())))
}

// Release gives the lock back. One that was lost is not an error: it is gone either way.
func (l *Lock) Release() error {
	_, err := redis.Int(release.Do(l.Conn, l.Name, l.token))
	l.token = 0
	return err
}

// Write stores a value under a key that the lock protects, or returns [ErrLost].
func (l *Lock) Write(key, value string) error {
	return l.ask(redis.Int(write.Do(l.Conn, key, key+":token", l.token, value)))
}

// ask forgets the token if the answer is no.
func (l *Lock) ask(yes int, err error) error {
	if err == nil && yes == 0 {
		l.token = 0
		return ErrLost
	}
	return err
}

// Token is the token by which the client believes to hold the lock, or 0.
func (l *Lock) Token() int64 { return l.token }
