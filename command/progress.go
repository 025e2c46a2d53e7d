package command

import (
	"fmt"
	"sync"
	"time"

	"github.com/muster-mc/muster/explore"
)

// logEvery is how often progress is a line of a log.
const logEvery = 10 * time.Second

// progress shows how far the work is: on a terminal in one line that overwrites
// itself, elsewhere in a line of a log now and then.
type progress struct {
	w     screen
	clock func() time.Time

	mu     sync.Mutex
	title  string           // of the run, when there are several
	last   explore.Progress // from which the rate is measured
	logged time.Time
	drawn  bool // there is a line to erase
}

func newProgress(w screen) *progress {
	return &progress{w: w, clock: time.Now, logged: time.Now()}
}

// begin is called before each of several runs. The terminal shows at once which
// it is.
func (p *progress) begin(title string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.title, p.last = title+"  ", explore.Progress{}
	p.print(title)
}

// show is called by the engine about once a second. A run that is over before
// anybody looks shows nothing.
func (p *progress) show(now explore.Progress) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if now.Elapsed >= time.Second/2 {
		p.print(p.title + p.line(now))
		p.last = now
	}
}

func (p *progress) print(line string) {
	now := p.clock()
	switch {
	case p.w.terminal:
		fmt.Fprintf(p.w, "\r\x1b[K%s", p.clip(line))
		p.drawn = true
	case now.Sub(p.logged) >= logEvery-time.Second/2: // the engine's second is not exact
		fmt.Fprintln(p.w, line)
		p.logged = now
	}
}

// clear erases the line.
func (p *progress) clear() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.drawn {
		fmt.Fprint(p.w, "\r\x1b[K")
		p.drawn = false
	}
}

func (p *progress) line(now explore.Progress) string {
	since := (now.Elapsed - p.last.Elapsed).Seconds()
	line := fmt.Sprintf("%v  depth %s  distinct %s  generated %s (%s)  frontier %s  %s %s",
		now.Elapsed.Round(time.Second), commas(uint64(now.Depth)), commas(now.Distinct),
		commas(now.Generated), rate(now.Generated-p.last.Generated, since), commas(now.Frontier), now.Store, size(now.Bytes))
	if now.Written > 0 {
		line += fmt.Sprintf("  %s written", size(now.Written))
	}
	return line
}

// clip keeps the line from wrapping: only the last row can be overwritten.
func (p *progress) clip(line string) string {
	if p.w.width > 0 && len(line) >= p.w.width {
		return line[:p.w.width-1]
	}
	return line
}
