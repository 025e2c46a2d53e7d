package explorer

import (
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
)

// TokenHeader is the header in which a question brings the token.
const TokenHeader = "X-Muster-Token"

// bodyMax is the largest body of a question, in bytes.
const bodyMax = 1 << 20

// Handler returns the handler of the page and of its questions, for a server that listens
// on this address.
func (s *Server) Handler(a net.Addr) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", servePage)
	mux.HandleFunc("GET /page/{file}", servePart)
	s.handle(mux, "GET /api/model", s.answerModel)
	s.handle(mux, "POST /api/at", answering(s, s.at))
	s.handle(mux, "POST /api/find", answering(s, s.find))
	s.handle(mux, "POST /api/until", answering(s, s.until))
	s.handle(mux, "POST /api/around", answering(s, s.around))
	s.handle(mux, "POST /api/diagram", answering(s, s.diagram))
	s.handle(mux, "GET /api/run", s.run)
	s.handle(mux, "GET /api/log", s.answerLog)
	mux.HandleFunc("/api/", func(w http.ResponseWriter, r *http.Request) {
		fail(w, http.StatusNotFound, errors.New("there is no such question"))
	})
	return headers(sameHost(a, sameOrigin(http.NewCrossOriginProtection().Handler(mux))))
}

// handle adds a question that needs the token.
func (s *Server) handle(mux *http.ServeMux, pattern string, answer http.HandlerFunc) {
	mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
		if subtle.ConstantTimeCompare([]byte(r.Header.Get(TokenHeader)), []byte(s.token)) != 1 {
			fail(w, http.StatusForbidden, errors.New("the token is missing or that of another explorer: open the link that this one has printed"))
			return
		}
		answer(w, r)
	})
}

// headers adds to every answer the headers by which browsers keep other pages out.
func headers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", served().policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		next.ServeHTTP(w, r)
	})
}

// sameHost refuses names that are not the server's: a page of another site can give its
// own name the address 127.0.0.1, and would then be of one origin with the server.
func sameHost(a net.Addr, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !isOurs(a, r.Host) {
			fail(w, http.StatusForbidden, fmt.Errorf("this server is not called %q", r.Host))
			return
		}
		next.ServeHTTP(w, r)
	})
}

// isOurs reports whether a name with a port is a loopback name, or the address on which
// the server listens. One that listens on all addresses is called by any of them, and by
// the name of the machine.
func isOurs(a net.Addr, host string) bool {
	name := host
	if without, _, err := net.SplitHostPort(host); err == nil {
		name = without
	}
	name = strings.ToLower(strings.Trim(name, "[]"))
	if name == "localhost" || strings.HasSuffix(name, ".localhost") {
		return true
	}
	ip, err := netip.ParseAddr(name)
	if err == nil && ip.Unmap().IsLoopback() {
		return true
	}
	at, parsed := netip.ParseAddrPort(a.String())
	if parsed != nil {
		return false
	}
	if at.Addr().IsUnspecified() {
		return err == nil || name == strings.ToLower(hostname())
	}
	return err == nil && ip == at.Addr()
}

// sameOrigin refuses what a page of another origin asks, reading or not. The navigation to
// the page itself has no origin.
func sameOrigin(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		origin := r.Header.Get("Origin")
		u, err := url.Parse(origin)
		site := r.Header.Get("Sec-Fetch-Site")
		foreign := origin != "" && (err != nil || u.Host != r.Host) ||
			strings.HasPrefix(r.URL.Path, "/api/") && (site == "cross-site" || site == "same-site")
		if foreign {
			fail(w, http.StatusForbidden, errors.New("a page of another origin asks"))
			return
		}
		next.ServeHTTP(w, r)
	})
}

// read reads the JSON of a question, which must be all there is and have no other members.
func read(w http.ResponseWriter, r *http.Request, into any) (status int, err error) {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "application/json" {
		return http.StatusUnsupportedMediaType, errors.New("want a body of the type application/json")
	}
	d := json.NewDecoder(http.MaxBytesReader(w, r.Body, bodyMax))
	d.DisallowUnknownFields()
	err = d.Decode(into)
	if err == nil && d.Decode(new(json.RawMessage)) != io.EOF {
		err = errors.New("there is something behind the question")
	}
	if large, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return http.StatusRequestEntityTooLarge, fmt.Errorf("the question has more than %d bytes", large.Limit)
	}
	return http.StatusBadRequest, err
}

// problem is the answer to a question that cannot be answered.
type problem struct {
	Error string `json:"error"`
	Hint  string `json:"hint,omitempty"`
}

func problemOf(err error) *problem {
	p := &problem{Error: err.Error()}
	if hinted, ok := errors.AsType[interface {
		error
		Hint() string
	}](err); ok {
		p.Hint = hinted.Hint()
	}
	return p
}

func fail(w http.ResponseWriter, status int, err error) { write(w, status, problemOf(err)) }

func write(w http.ResponseWriter, status int, answer any) {
	body, err := json.Marshal(answer)
	if err != nil {
		status, body = http.StatusInternalServerError, []byte(`{"error": "the answer cannot be written as JSON"}`)
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(body) // the browser may be gone
}
