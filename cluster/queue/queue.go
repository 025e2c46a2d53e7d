// Package queue is how a coordinator and its workers reach each other: queues that deliver
// each message at least once, and messages that are heard by those who listen. [Memory] is
// one for a single process; package jetstream has one for many machines.
package queue

import (
	"context"
	"errors"
	"time"
)

// Queue has topics. Each message of a topic is delivered to one of those who pull from it,
// again and again until one of them has acknowledged it.
type Queue interface {
	// Publish adds a message. One with the id of a message of the last minutes may be
	// dropped. An error means that the message may have been added.
	Publish(ctx context.Context, topic, id string, data []byte) error

	// Pull waits for a message, up to a time. Without one it returns nil.
	Pull(ctx context.Context, topic string, wait time.Duration) (Message, error)

	// Clear drops all messages of a topic that is of no more use.
	Clear(ctx context.Context, topic string) error

	// Tell sends a message to those who hear the subject now. It may be lost.
	Tell(subject string, data []byte) error

	// Hear calls f for messages that are told, one at a time, until stop is called.
	Hear(subject string, f func(data []byte)) (stop func(), err error)

	// Losses is how often messages may have been lost: it changes when the queue was away,
	// or has begun anew.
	Losses() int

	// MessageMax is the size of the largest message in bytes.
	MessageMax() int

	Close()
}

// ErrRefused is wrapped by errors that come again however often a thing is tried.
var ErrRefused = errors.New("the queue refuses")

// Message is a message that was delivered, and has to be acknowledged in time.
type Message interface {
	Data() []byte
	Delivered() int // times, this one included
	Working() error // more time is needed
	Done(ctx context.Context) error
}
