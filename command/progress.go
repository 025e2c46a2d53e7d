package command

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/muster-mc/muster/command/internal/output"
	"github.com/muster-mc/muster/explore"
)

// logEvery is how often progress is a line of a log.
const logEvery = 10 * time.Second

// progress shows how far the work is: on a terminal in one line that overwrites
// itself, elsewhere in a line of a log now and then.
type progress struct {
	w     *output.Terminal
	clock func() time.Time

	mu     sync.Mutex
	title  string           // of the run, when there are several
	last   explore.Progress // from which the rate is measured
	logged time.Time
	drawn  bool     // there is a line to erase
	noted  []string // fields of which it was said that they grow
}

func newProgress(w *output.Terminal) *progress {
	return &progress{w: w, clock: time.Now, logged: time.Now()}
}

// begin is called before each of several runs. The terminal shows at once which
// it is.
func (p *progress) begin(title string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.title, p.last, p.noted = title+"  ", explore.Progress{}, nil
	p.print(title)
}

// show is called by the engine about once a second. A run that is over before
// anybody looks shows nothing.
func (p *progress) show(now explore.Progress) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.note(now)
	if now.Elapsed >= time.Second/2 {
		if p.print(p.title + p.line(now)) {
			p.last = now
		}
	}
}

// noteAfter is when a space is worth a word that is still growing.
const noteAfter = 3 * time.Second

// note says once of each field that it grows, above the line.
func (p *progress) note(now explore.Progress) {
	if now.Elapsed < noteAfter {
		return
	}
	for _, field := range now.Growing {
		if !slices.Contains(p.noted, field) {
			p.noted = append(p.noted, field)
			p.erase()
			fmt.Fprintf(p.w, "note: %s grew at every level and nothing bounds it so far\n", field)
		}
	}
}

// print reports whether it was time for a line.
func (p *progress) print(line string) bool {
	now := p.clock()
	switch {
	case p.w.Interactive:
		fmt.Fprintf(p.w, "\r\x1b[K%s", p.clip(line))
		p.drawn = true
	case now.Sub(p.logged) >= logEvery-time.Second/2: // the engine's second is not exact
		fmt.Fprintln(p.w, line)
		p.logged = now
	default:
		return false
	}
	return true
}

// clear erases the line.
func (p *progress) clear() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.erase()
}

func (p *progress) erase() {
	if p.drawn {
		fmt.Fprint(p.w, "\r\x1b[K")
		p.drawn = false
	}
}

func (p *progress) line(now explore.Progress) string {
	line := now.Elapsed.Round(time.Second).String()
	if now.Deciding {
		line += fmt.Sprintf("  deciding about whole runs  distinct %s  generated %s  ", output.Commas(now.Distinct), output.Commas(now.Generated))
	} else {
		since := (now.Elapsed - p.last.Elapsed).Seconds()
		line += fmt.Sprintf("%s  depth %s  distinct %s  generated %s (%s)  frontier %s  ",
			left(now), output.Commas(uint64(now.Depth)), output.Commas(now.Distinct),
			output.Commas(now.Generated), output.Rate(now.Generated-p.last.Generated, since), output.Commas(now.Frontier))
	}
	line += held(now)
	if now.Written > 0 {
		line += fmt.Sprintf("  %s written", output.Size(now.Written))
	}
	return line
}

// held is what takes memory, by part.
func held(now explore.Progress) string {
	var parts []string
	if !now.Deciding { // when the set has been given back
		parts = append(parts, string(now.Store)+" "+output.Size(now.StoreBytes))
	}
	for _, part := range []struct {
		name  string
		bytes uint64
	}{{"levels", now.FrontierBytes}, {"log", now.LogBytes}, {"graph", now.GraphBytes}} {
		if part.bytes > 0 {
			parts = append(parts, part.name+" "+output.Size(part.bytes))
		}
	}
	return strings.Join(parts, ", ")
}

// left is how long the run will take from now on, as far as that can be foreseen.
func left(now explore.Progress) string {
	least, most := now.LeftLeast.Seconds(), now.LeftMost.Seconds()
	switch {
	case least == 0 && most == 0:
		return ""
	case most == 0:
		return "  left: at least " + roughly(least)
	}
	return fmt.Sprintf("  left: %s to %s", roughly(least), roughly(most))
}

// roughly is so many seconds, to the two digits that a forecast has at best.
func roughly(s float64) string {
	if s < 100 {
		return fmt.Sprintf("%.0f s", s)
	}
	return output.Duration(max(s, 120), 2)
}

// clip keeps the line from wrapping: only the last row can be overwritten.
func (p *progress) clip(line string) string {
	if p.w.Width > 0 && len(line) >= p.w.Width {
		return line[:p.w.Width-1]
	}
	return line
}
