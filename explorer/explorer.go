package explorer

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"os"
	"strings"
	"time"

	"github.com/muster-mc/muster/explore"
)

// Options says which model is shown, and how the page speaks of it.
type Options struct {
	Model explore.Checker

	// Name is the model's name in links and in the heading; empty means that of the
	// model. Parameters are its settings, for links.
	Name       string
	Parameters []Parameter

	// Replay is the command that replays steps of this model, without them, such as
	// "mc replay lease --bug no-check --steps". Explore is the command that starts this
	// explorer. Empty if there are none.
	Replay, Explore string

	// GoModel is Go code that makes the model, and GoImports the packages that it needs, for
	// tests that are copied from the page. Empty leaves a place to fill in.
	GoModel   string
	GoImports []string

	// Open is where the page opens.
	Open Position

	// Beyond has steps lead on from states outside the model's constraint: see
	// [explore.Checker.Beyond]. The check in the background stays within it. For links it is
	// one of the Parameters, beyond=true.
	Beyond bool

	// Check has the options of the check in the background: workers, memory, limits.
	Check explore.Options

	_ struct{}
}

// Parameter is a setting of the model.
type Parameter struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Position is a run of the model: its steps, as mc replay --steps reads them, and the number
// of the state to which its loop goes back, or zero.
type Position struct {
	Steps string
	Loop  int
}

// Server serves the page and answers its questions. It keeps nothing but caches.
type Server struct {
	options Options
	token   string
	places  *places
	model   modelAnswer
	log     *logAnswer    // nil if there is none
	slots   chan struct{} // one for each question that is being answered
	running chan struct{} // holds one while a check goes on
}

// questionsMax is how many questions are answered at a time. A question whose model code
// does not return keeps its place.
const questionsMax = 16

// New returns a server of a model. Close it after use. The error is an
// [*explore.ModelError] for a model that cannot be run.
func New(o Options) (*Server, error) {
	walked := o.Model
	if o.Beyond {
		walked = walked.Beyond()
	}
	start, err := walked.Start()
	if err != nil {
		return nil, err
	}
	if o.Name == "" {
		o.Name = o.Model.System.Name
	}
	s := &Server{
		options: o, token: rand.Text(),
		slots: make(chan struct{}, questionsMax), running: make(chan struct{}, 1),
	}
	if s.places, err = newPlaces(o, start); err != nil {
		return nil, err
	}
	s.model = s.describe()
	return s, nil
}

// Close frees the caches.
func (s *Server) Close() { s.places.close() }

// Token is the text that every question must bring, as the header [TokenHeader].
func (s *Server) Token() string { return s.token }

// Listen listens on an address; empty means any free port of 127.0.0.1.
func Listen(address string) (net.Listener, error) {
	if address == "" {
		address = "127.0.0.1:0"
	}
	return net.Listen("tcp", address)
}

// IsLocal reports whether only programs of this machine can reach the address.
func IsLocal(a net.Addr) bool {
	at, err := netip.ParseAddrPort(a.String())
	return err == nil && at.Addr().Unmap().IsLoopback()
}

// The limits on connections. An answer may take the time of a question and then some; the
// events of a check have no limit, and end with the connection.
const (
	headerTimeout = 5 * time.Second
	readTimeout   = 20 * time.Second
	writeTimeout  = questionTime + 20*time.Second
	idleTimeout   = 2 * time.Minute
	headerBytes   = 64 << 10
	farewell      = 300 * time.Millisecond
)

// Serve serves on a listener until the context ends, and then returns within a second,
// whatever is going on. The error is nil if the context ended it.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	base, cancel := context.WithCancel(ctx)
	defer cancel()
	server := &http.Server{
		Handler:           s.Handler(l.Addr()),
		BaseContext:       func(net.Listener) context.Context { return base },
		ReadHeaderTimeout: headerTimeout, ReadTimeout: readTimeout, WriteTimeout: writeTimeout,
		IdleTimeout: idleTimeout, MaxHeaderBytes: headerBytes,
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(l) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	end, stop := context.WithTimeout(context.WithoutCancel(ctx), farewell)
	defer stop()
	if server.Shutdown(end) != nil {
		_ = server.Close()
	}
	if err := <-failed; !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// Link is the address of the page, with the token in its fragment, which browsers do not
// send. A server that listens on all addresses is reached by the loopback one.
func (s *Server) Link(a net.Addr) string {
	host := a.String()
	if at, err := netip.ParseAddrPort(host); err == nil && at.Addr().IsUnspecified() {
		host = fmt.Sprintf("127.0.0.1:%d", at.Port())
	}
	return "http://" + host + "/#" + s.fragment()
}

// fragment is the part of the link behind #: the model, its parameters, the run, the token.
func (s *Server) fragment() string {
	o := s.options
	var words []string
	add := func(name, value string) { words = append(words, escape(name)+"="+escape(value)) }
	for _, p := range o.Parameters {
		add(p.Name, p.Value)
	}
	if o.Open.Steps != "" {
		add("steps", o.Open.Steps)
	}
	if o.Open.Loop > 0 {
		add("loop", fmt.Sprint(o.Open.Loop))
	}
	add("token", s.token)
	return escape(o.Name) + "?" + strings.Join(words, "&")
}

// escape writes a text for a fragment: what is read in a link stays readable, and a space
// is a plus, as in a query.
func escape(text string) string {
	var b strings.Builder
	for i := range len(text) {
		switch c := text[i]; {
		case c == ' ':
			b.WriteByte('+')
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', strings.IndexByte("-_.~(),/:*!", c) >= 0:
			b.WriteByte(c)
		default:
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

// hostname is the name of this machine, by which a server on all addresses may be called.
func hostname() string {
	name, _ := os.Hostname()
	return name
}
