// Package progress shows how far a run is while it goes on, and lets an
// interrupt end the run early.
package progress

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/muster-mc/muster/command/internal/output"
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/internal/number"
)

const (
	// showAfter is the age at which a run is shown. A shorter run shows nothing.
	showAfter = time.Second / 2

	// logEvery is the time between two lines of a log.
	logEvery = 10 * time.Second

	// noteAfter is the age of a run at which a field that grew at every level
	// is worth a note.
	noteAfter = 3 * time.Second
)

// Line shows progress: on a terminal as one line that overwrites itself,
// elsewhere as a line of a log every ten seconds.
type Line struct {
	out   *output.Terminal
	clock func() time.Time

	mu     sync.Mutex
	title  string           // of the run, if there are several
	shown  explore.Progress // of the line before, from which the rate is measured
	logged time.Time        // when a line was logged
	drawn  bool             // the terminal shows a line
	noted  []string         // the fields that have their note
}

// NewLine makes a line on this output.
func NewLine(out *output.Terminal) *Line {
	return &Line{out: out, clock: time.Now, logged: time.Now()}
}

// Begin starts one of several runs. A terminal shows its title at once.
func (l *Line) Begin(title string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.title, l.shown, l.noted = title+"  ", explore.Progress{}, nil
	l.print(title)
}

// Show updates the line. The engine calls it about once a second.
func (l *Line) Show(now explore.Progress) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.note(now)
	if now.Elapsed >= showAfter && l.print(l.title+l.text(now)) {
		l.shown = now
	}
}

// Clear erases the line, so that other output can follow.
func (l *Line) Clear() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.erase()
}

// note prints a note above the line, once for each field that grows.
func (l *Line) note(now explore.Progress) {
	if now.Elapsed < noteAfter {
		return
	}
	for _, field := range now.Growing {
		if !slices.Contains(l.noted, field) {
			l.noted = append(l.noted, field)
			l.erase()
			fmt.Fprintf(l.out, "note: %s grew at every level and nothing bounds it so far\n", field)
		}
	}
}

// print reports whether it printed the text. A log takes a line only when the
// one before is old enough, give or take half a second, because the engine's
// calls are not exactly a second apart.
func (l *Line) print(text string) bool {
	now := l.clock()
	switch {
	case l.out.Interactive:
		fmt.Fprintf(l.out, "\r\x1b[K%s", l.clip(text))
		l.drawn = true
	case now.Sub(l.logged) >= logEvery-time.Second/2:
		fmt.Fprintln(l.out, text)
		l.logged = now
	default:
		return false
	}
	return true
}

func (l *Line) erase() {
	if l.drawn {
		fmt.Fprint(l.out, "\r\x1b[K")
		l.drawn = false
	}
}

// clip keeps the text from wrapping, because only the last row of a terminal
// can be overwritten.
func (l *Line) clip(text string) string {
	if l.out.Width > 0 && len(text) >= l.out.Width {
		return text[:l.out.Width-1]
	}
	return text
}

// text is the line for a moment of a run. The rate is that since the line
// before.
func (l *Line) text(now explore.Progress) string {
	text := now.Elapsed.Round(time.Second).String()
	if now.Deciding {
		text += fmt.Sprintf("  deciding about whole runs  distinct %s  generated %s  ",
			number.Commas(now.Distinct), number.Commas(now.Generated))
	} else {
		since := (now.Elapsed - l.shown.Elapsed).Seconds()
		text += fmt.Sprintf("%s  depth %s  distinct %s  generated %s (%s)  frontier %s  ",
			eta(now), number.Commas(uint64(now.Depth)), number.Commas(now.Distinct), number.Commas(now.Generated),
			output.Rate(now.Generated-l.shown.Generated, since), number.Commas(now.Frontier))
	}
	if d := now.Distribution; d != nil {
		return text + distribution(d)
	}
	text += memory(now)
	if now.Written > 0 {
		text += fmt.Sprintf("  %s written", output.Size(now.Written))
	}
	return text
}

// distribution says what a search on several machines does, and has cost.
func distribution(d *explore.Distribution) string {
	text := fmt.Sprintf("%s  %s  %s", number.Count(uint64(d.Workers), "worker"), d.Stage, number.Count(d.Tasks, "task"))
	if d.Again > 0 {
		text += fmt.Sprintf(" (%d again)", d.Again)
	}
	text += fmt.Sprintf("  %s read  %s written", output.Size(d.BytesRead), output.Size(d.BytesWritten))
	if d.Outages > 0 {
		text += "  unreachable for " + output.Seconds(d.Outages)
	}
	return text
}

// memory lists the parts that take memory. The set of visited states takes none
// while whole runs are decided.
func memory(now explore.Progress) string {
	var parts []string
	if !now.Deciding {
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

// eta is the forecast of the time that is left, or "" if there is none.
func eta(now explore.Progress) string {
	least, most := now.LeftLeast.Seconds(), now.LeftMost.Seconds()
	switch {
	case least == 0 && most == 0:
		return ""
	case most == 0:
		return "  left: at least " + estimate(least)
	}
	return fmt.Sprintf("  left: %s to %s", estimate(least), estimate(most))
}

// estimate writes a time to two digits: a forecast has no more.
func estimate(seconds float64) string {
	if seconds < 100 {
		return fmt.Sprintf("%.0f s", seconds)
	}
	return output.Duration(max(seconds, 120), 2)
}
