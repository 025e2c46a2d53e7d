package jetstream

import (
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats-server/v2/server"
)

// Server is a NATS server in this process.
type Server struct{ server *server.Server }

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
	return &Server{s}, nil
}

// URL is where the server is reached, if it listens.
func (s *Server) URL() string { return s.server.ClientURL() }

// Connect connects to the server from within the process.
func (s *Server) Connect(o Options) (*Queue, error) {
	o.inProcess = s.server
	return Connect(o)
}

// Stop stops the server.
func (s *Server) Stop() {
	s.server.Shutdown()
	s.server.WaitForShutdown()
}
