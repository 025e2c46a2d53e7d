// Package jetstream is a [queue.Queue] on NATS JetStream: on a server that there is, or one
// in this process.
//
// # What is in the server
//
// Two streams, MUSTER_TASKS and MUSTER_ANSWERS, with the subjects muster.tasks.RUN and
// muster.answers.RUN, which keep each message until it is acknowledged, and a durable
// consumer for each run. They are made when they are needed, and made again when they are
// gone. What coordinators and workers say about themselves goes to muster.said.SUBJECT,
// which no stream keeps.
//
// # Durability
//
// Nothing rests on it. JetStream acknowledges a message before it is on disk, unless its
// server has sync_interval: always; after a power failure acknowledged messages may be gone
// (found for NATS 2.12.1 by Jepsen, 2025). The coordinator publishes a task again that was
// not answered, so a message that is lost costs time. [Queue.Losses] tells it when to do so
// at once.
package jetstream

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/muster-mc/muster/cluster/queue"
)

// Options say how to reach a server.
type Options struct {
	URL     string        // nats://HOST:PORT, or several with commas between them
	AckWait time.Duration // until a message that was not acknowledged is delivered again; zero is 30 seconds
	Name    string        // of this process, for those who look at the server

	inProcess *Server
}

// Queue is a connection to a server.
type Queue struct {
	options    Options
	connection *nats.Conn
	js         jetstream.JetStream

	mutex     sync.Mutex
	losses    int
	created   map[string]time.Time // by stream: when it was made
	consumers map[string]jetstream.Consumer
}

var _ queue.Queue = (*Queue)(nil)

const (
	// duplicates is how long the server remembers the ids of messages.
	duplicates = 2 * time.Minute

	// patience is how long one request may take.
	patience = 5 * time.Second

	// unused is the time after which the consumer of a run without workers is removed.
	unused = 24 * time.Hour
)

// Connect connects to a server. Credentials come from the URL, or from the environment as
// those of the nats command do: NATS_CREDS, NATS_NKEY, NATS_USER and NATS_PASSWORD or
// NATS_TOKEN, NATS_CA, NATS_CERT and NATS_KEY.
func Connect(o Options) (*Queue, error) {
	if o.AckWait == 0 {
		o.AckWait = 30 * time.Second
	}
	q := &Queue{options: o, created: map[string]time.Time{}, consumers: map[string]jetstream.Consumer{}}
	list := append(credentials(), nats.Name(o.Name), nats.MaxReconnects(-1), nats.ReconnectWait(200*time.Millisecond),
		nats.ReconnectHandler(func(*nats.Conn) { q.lose() }), nats.Timeout(patience),
		nats.ErrorHandler(func(*nats.Conn, *nats.Subscription, error) {}))
	if o.inProcess != nil {
		list = append(list, nats.InProcessServer(o.inProcess.server))
	}
	var err error
	if q.connection, err = nats.Connect(o.URL, list...); err != nil {
		return nil, fmt.Errorf("the queue %s cannot be reached: %w", Redacted(o.URL), err)
	}
	if q.js, err = jetstream.New(q.connection); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if _, err := q.js.AccountInfo(ctx); err != nil {
		q.connection.Close()
		return nil, fmt.Errorf("the queue %s has no JetStream that can be used: %w", Redacted(o.URL), err)
	}
	return q, nil
}

// credentials are options from the environment.
func credentials() (list []nats.Option) {
	env := os.Getenv
	if file := env("NATS_CREDS"); file != "" {
		list = append(list, nats.UserCredentials(file))
	}
	if file := env("NATS_NKEY"); file != "" {
		if o, err := nats.NkeyOptionFromSeed(file); err == nil {
			list = append(list, o)
		}
	}
	if user := env("NATS_USER"); user != "" {
		list = append(list, nats.UserInfo(user, env("NATS_PASSWORD")))
	}
	if token := env("NATS_TOKEN"); token != "" {
		list = append(list, nats.Token(token))
	}
	if file := env("NATS_CA"); file != "" {
		list = append(list, nats.RootCAs(file))
	}
	if cert := env("NATS_CERT"); cert != "" {
		list = append(list, nats.ClientCert(cert, env("NATS_KEY")))
	}
	return list
}

// Redacted is a list of URLs without the secrets in them.
func Redacted(urls string) string {
	var list []string
	for _, text := range strings.Split(urls, ",") {
		u, err := url.Parse(strings.TrimSpace(text))
		if err != nil {
			list = append(list, "(an address that cannot be read)")
			continue
		}
		if u.User != nil {
			u.User = url.User("...") // a token stands where the user does
		}
		list = append(list, u.String())
	}
	return strings.Join(list, ",")
}

// lose notes that messages may be lost, and that streams and consumers may be gone.
func (q *Queue) lose() {
	q.mutex.Lock()
	defer q.mutex.Unlock()
	q.losses++
	clear(q.consumers)
}

// Losses implements [queue.Queue].
func (q *Queue) Losses() int {
	q.mutex.Lock()
	defer q.mutex.Unlock()
	return q.losses
}

// MessageMax implements [queue.Queue].
func (q *Queue) MessageMax() int { return int(q.connection.MaxPayload()) }

// Close implements [queue.Queue].
func (q *Queue) Close() { q.connection.Close() }

// placeOf is the stream of a topic, such as tasks.RUN, its subject, and the run.
func placeOf(topic string) (stream, subject, run string) {
	kind, run, _ := strings.Cut(topic, ".")
	return "MUSTER_" + strings.ToUpper(kind), "muster." + topic, run
}

// stream finds a stream, or makes it. A stream that is another one than before has lost the
// messages of the one before.
func (q *Queue) stream(ctx context.Context, name string) (jetstream.Stream, error) {
	s, err := q.js.Stream(ctx, name)
	if errors.Is(err, jetstream.ErrStreamNotFound) {
		s, err = q.js.CreateStream(ctx, jetstream.StreamConfig{
			Name: name, Subjects: []string{"muster." + strings.ToLower(strings.TrimPrefix(name, "MUSTER_")) + ".*"},
			Retention: jetstream.WorkQueuePolicy, Duplicates: duplicates,
		})
		if errors.Is(err, jetstream.ErrStreamNameAlreadyInUse) { // another one was faster
			s, err = q.js.Stream(ctx, name)
		}
	}
	if err != nil {
		return nil, err
	}
	q.mutex.Lock()
	defer q.mutex.Unlock()
	created := s.CachedInfo().Created
	if before, known := q.created[name]; known && !created.Equal(before) {
		q.losses++
	}
	q.created[name] = created
	return s, nil
}

// Publish implements [queue.Queue]. It makes the stream if there is none.
func (q *Queue) Publish(ctx context.Context, topic, id string, data []byte) error {
	err := q.publish(ctx, topic, id, data)
	if err == nil || ctx.Err() != nil {
		return err
	}
	return q.explained(ctx, err)
}

// explained says why a message was not taken. A server whose disk is full does not say it: it
// gives no answer, or switches JetStream off.
func (q *Queue) explained(ctx context.Context, err error) error {
	if s := q.options.inProcess; s != nil {
		if refused := s.examine(); refused != nil {
			return refused
		}
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	switch _, alive := q.js.AccountInfo(ctx); {
	case errors.Is(alive, jetstream.ErrJetStreamNotEnabled):
		return errOff
	case alive == nil && errors.Is(err, context.DeadlineExceeded):
		return errors.New("its server takes no message, and says nothing: its disk may be full")
	}
	return err
}

var errOff = errors.New("its server has switched JetStream off, as it does when its disk is full")

func (q *Queue) publish(ctx context.Context, topic, id string, data []byte) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	stream, subject, _ := placeOf(topic)
	if !q.knows(stream) {
		if _, err := q.stream(ctx, stream); err != nil {
			return err
		}
	}
	_, err := q.js.Publish(ctx, subject, data, jetstream.WithMsgID(id), jetstream.WithRetryAttempts(0))
	if errors.Is(err, jetstream.ErrNoStreamResponse) || errors.Is(err, nats.ErrNoResponders) { // the stream is gone, perhaps
		if _, err := q.stream(ctx, stream); err != nil {
			return err
		}
		_, err = q.js.Publish(ctx, subject, data, jetstream.WithMsgID(id))
	}
	return err
}

func (q *Queue) knows(stream string) bool {
	q.mutex.Lock()
	defer q.mutex.Unlock()
	_, ok := q.created[stream]
	return ok
}

// consumer finds the consumer of a topic, or makes it.
func (q *Queue) consumer(ctx context.Context, topic string) (jetstream.Consumer, error) {
	q.mutex.Lock()
	c := q.consumers[topic]
	q.mutex.Unlock()
	if c != nil {
		return c, nil
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	stream, subject, run := placeOf(topic)
	s, err := q.stream(ctx, stream)
	if err != nil {
		return nil, err
	}
	c, err = s.CreateOrUpdateConsumer(ctx, jetstream.ConsumerConfig{
		Durable: run, FilterSubject: subject, AckPolicy: jetstream.AckExplicitPolicy,
		AckWait: q.options.AckWait, MaxDeliver: -1, MaxAckPending: 100_000, InactiveThreshold: unused,
	})
	if err != nil {
		return nil, err
	}
	q.mutex.Lock()
	defer q.mutex.Unlock()
	q.consumers[topic] = c
	return c, nil
}

// Pull implements [queue.Queue].
func (q *Queue) Pull(ctx context.Context, topic string, wait time.Duration) (queue.Message, error) {
	if s := q.options.inProcess; s != nil {
		if refused := s.refused.Load(); refused != nil {
			return nil, *refused // there will be no more messages
		}
	}
	c, err := q.consumer(ctx, topic)
	if err != nil {
		return nil, err
	}
	batch, err := c.Fetch(1, jetstream.FetchMaxWait(wait))
	if err == nil {
		for m := range batch.Messages() {
			return message{m}, nil
		}
		err = batch.Error()
	}
	if err == nil || errors.Is(err, nats.ErrTimeout) {
		return nil, nil
	}
	q.lose() // the consumer is gone, or the server is
	return nil, err
}

// Clear implements [queue.Queue].
func (q *Queue) Clear(ctx context.Context, topic string) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	stream, subject, run := placeOf(topic)
	s, err := q.js.Stream(ctx, stream)
	if errors.Is(err, jetstream.ErrStreamNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	err = s.DeleteConsumer(ctx, run)
	if errors.Is(err, jetstream.ErrConsumerNotFound) {
		err = nil
	}
	return errors.Join(err, s.Purge(ctx, jetstream.WithPurgeSubject(subject)))
}

// Tell implements [queue.Queue].
func (q *Queue) Tell(subject string, data []byte) error {
	return q.connection.Publish("muster.said."+subject, data)
}

// Hear implements [queue.Queue].
func (q *Queue) Hear(subject string, f func([]byte)) (func(), error) {
	s, err := q.connection.Subscribe("muster.said."+subject, func(m *nats.Msg) { f(m.Data) })
	if err != nil {
		return nil, err
	}
	return func() { _ = s.Unsubscribe() }, nil // a connection that is closed hears nothing either
}

// message is a message of JetStream.
type message struct{ m jetstream.Msg }

func (m message) Data() []byte { return m.m.Data() }

func (m message) Delivered() int {
	meta, err := m.m.Metadata()
	if err != nil {
		return 1
	}
	return int(meta.NumDelivered)
}

func (m message) Working() error                 { return m.m.InProgress() }
func (m message) Done(ctx context.Context) error { return m.m.Ack() }
