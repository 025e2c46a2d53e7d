package jetstream

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"sync/atomic"
	"time"

	"github.com/nats-io/nats-server/v2/server"

	"github.com/muster-mc/muster/cluster/queue"
)

// Server is a NATS server in this process.
type Server struct {
	server    *server.Server
	directory string
	refused   atomic.Pointer[error] // why it takes no message any more, or nil
}

// ServerOptions say what a server does.
type ServerOptions struct {
	Directory  string // for its streams
	Port       int    // on loopback; 0 for none: only this process reaches the server; or [AnyPort]
	SyncAlways bool   // each message is on disk before it is acknowledged
}

// AnyPort is a port that is free.
const AnyPort = -1

// startMax is how long a server may take to start.
const startMax = time.Minute

// Start starts a server.
func Start(o ServerOptions) (*Server, error) {
	s, err := server.NewServer(&server.Options{
		ServerName: "muster", Host: "127.0.0.1", Port: max(o.Port, -1), DontListen: o.Port == 0,
		JetStream: true, StoreDir: o.Directory, SyncAlways: o.SyncAlways, NoSigs: true, NoLog: true,
	})
	if err != nil {
		return nil, err
	}
	go s.Start()
	if !s.ReadyForConnections(startMax) {
		s.Shutdown()
		return nil, fmt.Errorf("the server for the queue did not start in %v", startMax)
	}
	if !s.JetStreamEnabled() {
		s.Shutdown()
		return nil, errors.New("the server for the queue cannot use " + o.Directory)
	}
	return &Server{server: s, directory: o.Directory}, nil
}

// URL is where the server is reached, if it listens.
func (s *Server) URL() string { return s.server.ClientURL() }

// Connect connects to the server from within the process.
func (s *Server) Connect(o Options) (*Queue, error) {
	o.inProcess = s
	return Connect(o)
}

// examine finds out why the server does not take a message. The error is nil if that is not
// clear, and it may take another one.
func (s *Server) examine() error {
	err := tryToWrite(s.directory)
	if err == nil && !s.server.JetStreamEnabled() {
		err = errOff
	}
	if err == nil {
		return nil
	}
	err = fmt.Errorf("%w: %w", queue.ErrRefused, err)
	s.refused.Store(&err)
	return err
}

// tryToWrite writes a file about as large as what a server writes at a time.
func tryToWrite(directory string) error {
	f, err := os.CreateTemp(directory, "try-")
	if err == nil {
		_, err = f.Write(make([]byte, 64<<10))
		err = errors.Join(err, f.Close(), os.Remove(f.Name()))
	}
	if path, ok := errors.AsType[*fs.PathError](err); ok {
		return fmt.Errorf("%s: %w", directory, path.Err)
	}
	return err
}

// Stop stops the server.
func (s *Server) Stop() {
	s.server.Shutdown()
	s.server.WaitForShutdown()
}
