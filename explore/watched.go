package explore

import (
	"context"
	"sync"

	"github.com/muster-mc/muster/internal/system"
)

// Watched returns a context for one question to places. While the question waits for a call
// of the model's code, hung describes that call: an action with its arguments, or a predicate,
// and the state. It is "" if no call goes on. A call of a String method is not described.
func Watched(ctx context.Context) (watched context.Context, hung func() string) {
	w := &watcher{}
	return context.WithValue(ctx, watcherKey{}, w), w.hung
}

type watcherKey struct{}

// watcher has the watch of a question, once the question has called the model's code.
type watcher struct {
	mu    sync.Mutex
	watch *system.Watch
}

// underWatch returns the system, with the watch of the context's question if there is one.
func underWatch(ctx context.Context, s *system.System) *system.System {
	w, ok := ctx.Value(watcherKey{}).(*watcher)
	if !ok {
		return s
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.watch == nil {
		w.watch = system.NewWatch(s.Codec)
	}
	return s.WatchedBy(w.watch)
}

func (w *watcher) hung() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.watch == nil {
		return ""
	}
	return w.watch.Hung()
}
