package conform

import (
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/muster-mc/muster/model"
)

// Code that does not return is named when the check is ended.
func TestAnActionThatHangs(t *testing.T) {
	l := newPostLog()
	release := make(chan bool)
	defer close(release)
	begun := new(atomic.Bool)
	l.Model.Actions[0].Do = func(*post, *model.Choice) bool {
		begun.Store(true)
		return <-release
	}
	var err error
	for limit := time.Millisecond; !begun.Load(); limit *= 4 { // a slow machine may come to the limit before the action
		_, err = Check(t.Context(), l, texts(write), Options{Timeout: limit})
	}
	if hung := new(HungError); !errors.As(err, &hung) || !strings.Contains(err.Error(), "post: Write, on the state {Written:0 Read:0 Way:[]}, has not returned for 1s") {
		t.Errorf("got %v", err)
	}
}

// A panic of the model's code is a reason, and no crash.
func TestAnActionThatPanics(t *testing.T) {
	l := newPostLog()
	l.Model.Actions[0].Do = func(*post, *model.Choice) bool { panic("boom") }
	text := textOfReport(t, judged(t, l, Options{}, write))
	if want := "the model's code panics: Write panicked: boom, at code_test.go:"; !strings.Contains(text, want) {
		t.Errorf("want %q in\n%s", want, text)
	}
}
