package explorer

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/muster-mc/muster/explore"
)

// questionTime is how long a question may take. A search that is not over by then answers
// what it has.
const questionTime = 10 * time.Second

// stepsMax is the largest number of steps of a run.
const stepsMax = 10_000

// slow is the error of a question whose model code, this part of it, does not return.
func slow(part string) error {
	if part == "" {
		part = "the model's own code"
	}
	return refuse(http.StatusGatewayTimeout, "%s has not returned for %v: it cannot be stopped, and goes on until the explorer ends", part, questionTime)
}

// refusal is an error with the status of its answer.
type refusal struct {
	error
	status int
}

func (r refusal) Unwrap() error { return r.error }

func refuse(status int, format string, args ...any) error {
	return refusal{fmt.Errorf(format, args...), status}
}

// answering returns the handler of a question: it reads the question, answers it within its
// time in a goroutine of its own, and writes the answer.
func answering[Q, A any](s *Server, answer func(context.Context, Q) (A, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var q Q
		if status, err := read(w, r, &q); err != nil {
			fail(w, status, err)
			return
		}
		ctx, cancel := context.WithTimeout(r.Context(), questionTime)
		defer cancel()
		watched, hung := explore.Watched(ctx)
		a, err := apart(s, ctx, hung, func() (A, error) { return answer(watched, q) })
		if err != nil {
			fail(w, statusOf(err), err)
			return
		}
		write(w, http.StatusOK, a)
	}
}

func statusOf(err error) int {
	if r, ok := errors.AsType[refusal](err); ok {
		return r.status
	}
	return http.StatusBadRequest
}

// patience is how long an answer may take after its time is over.
const patience = time.Second

// apart runs the work in a goroutine that may be left behind: the model's code may not
// return, or panic where nothing else hears it.
func apart[A any](s *Server, ctx context.Context, hung func() string, work func() (A, error)) (A, error) {
	type outcome struct {
		answer A
		err    error
	}
	var none A
	select {
	case s.slots <- struct{}{}:
	default:
		return none, refuse(http.StatusServiceUnavailable, "too many questions at a time, or the model's code has not returned from earlier ones")
	}
	done := make(chan outcome, 1)
	go func() {
		defer func() { <-s.slots }()
		defer func() {
			if v := recover(); v != nil {
				done <- outcome{none, refuse(http.StatusInternalServerError, "the model's code panicked: %v", v)}
			}
		}()
		a, err := work()
		done <- outcome{a, err}
	}()
	select {
	case o := <-done:
		return o.answer, o.err
	case <-ctx.Done():
	}
	select {
	case o := <-done:
		return o.answer, o.err
	case <-time.After(patience):
		return none, slow(hung())
	}
}
