package conform

import (
	"fmt"
	"io"
	"strings"

	"github.com/muster-mc/muster/internal/number"
	"github.com/muster-mc/muster/trace"
)

// recordsShown is how many records before a rejection the text shows.
const recordsShown = 5

// WriteText writes the report for people.
func (r *Report) WriteText(w io.Writer) error {
	p := &printer{w: w}
	p.headline(r)
	if r.Verdict != Accepted {
		p.rejection(r)
	}
	for _, v := range r.Violations {
		p.violation(v)
	}
	p.unexercised(r)
	return p.err
}

// printer keeps the first error of a writer.
type printer struct {
	w     io.Writer
	err   error
	shown string // the place of the record that was shown last
}

func (p *printer) line(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.w, format+"\n", args...)
	}
}

func (p *printer) headline(r *Report) {
	logs := number.Count(r.Records, "record")
	if len(r.Logs) > 1 {
		logs += " of " + number.Count(len(r.Logs), "log")
	}
	switch r.Verdict {
	case Accepted:
		p.line("accepted: %s can do what the log says, all %s", trace.Escape(r.Model), logs)
	case Rejected:
		p.line("rejected: %s cannot do what the log says", trace.Escape(r.Model))
	default:
		p.line("incomplete: %s", r.Reason)
	}
	if r.Verdict != Accepted {
		p.line("%s of %s match; after them the model may be in %s", number.Commas(r.Matched), logs, number.Count(r.Possible, "state"))
	}
	for _, l := range r.Logs {
		if len(r.Logs) > 1 || l.Skipped > 0 {
			p.line("  %s: %d of %s%s", trace.Escape(l.Name), l.Matched, number.Count(l.Records, "record"), skippedText(l.Skipped))
		}
	}
}

func skippedText(skipped int) string {
	if skipped == 0 {
		return ""
	}
	return ", and " + number.Count(skipped, "line") + " skipped"
}

func (p *printer) rejection(r *Report) {
	if r.Run == nil {
		p.line("the model has no initial state")
		return
	}
	if last := r.Run.Last(recordsShown); len(last) > 0 {
		p.line("\nthe last records that match")
		for _, m := range last {
			p.matched(m)
		}
	}
	for i, c := range r.Candidates {
		p.candidate(r, i, &c)
	}
}

func (p *printer) matched(m Matched) {
	p.line("  %s:%d  %s%s", trace.Escape(m.Record.Log), m.Record.Line, trace.Escape(m.Record.Kind), noStep(m))
	own := len(m.Steps) - 1
	for i, s := range m.Steps {
		hidden := ""
		if i < own {
			hidden = "  (no record)"
		}
		p.line("      %s%s%s", s.Label(), hidden, changesText(s.Changes))
	}
}

func noStep(m Matched) string {
	if len(m.Steps) == 0 {
		return "  (no step)"
	}
	return ""
}

// The text shows so many changes of a step, and so many bytes of a value.
const (
	changesShown = 5
	changeMax    = 60
)

func changesText(changes []trace.Change) string {
	var words []string
	for i, c := range changes {
		if i == changesShown {
			words = append(words, fmt.Sprintf("and %d more", len(changes)-i))
			break
		}
		before, after := shortenedTo(c.Before, changeMax), shortenedTo(c.After, changeMax)
		switch {
		case c.Before == "":
			words = append(words, "+ "+c.Path+" "+after)
		case c.After == "":
			words = append(words, "- "+c.Path+" "+before)
		default:
			words = append(words, c.Path+": "+before+" -> "+after)
		}
	}
	if len(words) == 0 {
		return ""
	}
	return "    " + strings.Join(words, "   ")
}

// candidate says why a state leads on with no record. A record is shown once, with the first
// state that it is next for.
func (p *printer) candidate(r *Report, i int, c *Candidate) {
	for j := range c.Why {
		w := &c.Why[j]
		if place := w.Record.String(); place != p.shown {
			p.shown = place
			p.line("\nnot possible: record %s%s, %s", number.Commas(w.Record.Ordinal), ofLog(r), place)
			p.line("  %s", trace.Escape(shortenedTo(w.Record.Text, textMax)))
		}
		p.line("  %s%s", stateName(r, i), w.text())
		if w.Earlier > 0 {
			p.line("    it was possible %s earlier", number.Count(w.Earlier, "record"))
		}
	}
	if len(c.Changes) > 0 {
		p.line("    compared with state 1:%s", changesText(c.Changes))
	}
	if c.Hidden > 0 && len(c.Why) > 0 {
		p.line("    hidden steps lead to %s from here, and the record comes no nearer in any", number.Count(c.Hidden, "further state"))
	}
}

// textMax is how many bytes of a record the text shows.
const textMax = 400

func ofLog(r *Report) string {
	if len(r.Logs) == 1 {
		return ""
	}
	return " of its log"
}

// stateName begins the line about a state, where there are several.
func stateName(r *Report, i int) string {
	if r.Possible == 1 {
		return ""
	}
	return fmt.Sprintf("state %d of %d: ", i+1, r.Possible)
}

func shortenedTo(text string, most int) string {
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most], "") + "…"
}

// text says why in words.
func (w *Why) text() string {
	text := w.String()
	if len(w.Hidden) > 0 {
		text += "\n    after the hidden steps " + strings.Join(w.Hidden, ", ")
	}
	for _, d := range w.Differences {
		text += "\n    " + trace.Escape(d.Path) + ": the model has " + trace.Escape(d.Model) + ", the log " + trace.Escape(d.Log)
	}
	for i := range w.Or {
		text += "\n    or: " + w.Or[i].String()
	}
	return text
}

// String is the reason in one line, without the fields that differ.
func (w *Why) String() string {
	step := w.Step
	if step == "" {
		step = w.Action
	}
	switch w.Cause {
	case Differs:
		if w.Action == "" {
			return "the state differs from the record"
		}
		return step + " is possible, but leads elsewhere"
	case DiffersBefore:
		return "the state before differs from the record"
	case Panicked:
		return "the model's code panics: " + w.Panic
	case NoAnswer:
		return w.noAnswer()
	}
	if w.Choices == 1 {
		return step + " is not enabled" + w.guards()
	}
	return fmt.Sprintf("%s is not enabled: refused for all %s%s%s", w.Action, number.Count(w.Choices, "choice"), w.questions(), w.guards())
}

func (w *Why) questions() string {
	if len(w.Questions) == 0 {
		return ""
	}
	return " of " + trace.Escape(strings.Join(w.Questions, ", "))
}

func (w *Why) guards() string {
	var words []string
	for _, g := range w.Guards {
		word := fmt.Sprintf("the guard %q refused", g.Guard)
		if w.Choices > 1 {
			word += " " + number.Count(g.Choices, "choice")
		}
		words = append(words, word)
	}
	if len(words) == 0 {
		return ""
	}
	return ": " + strings.Join(words, ", ")
}

func (w *Why) noAnswer() string {
	switch {
	case w.Question == "":
		return w.Action + " has no answer that the record gives"
	case len(w.Answers) == 0:
		return fmt.Sprintf("%s is not enabled: there is no %s to choose", w.Action, trace.Escape(w.Question))
	}
	more := ""
	if w.More > 0 {
		more = fmt.Sprintf(" and %d more", w.More)
	}
	return fmt.Sprintf("%s: no %s is as the record says; there is %s%s", w.Action, trace.Escape(w.Question), trace.Escape(strings.Join(w.Answers, ", ")), more)
}

func (p *printer) violation(v Violation) {
	place := "in the initial state"
	if v.After != nil {
		place = fmt.Sprintf("after %s:%d %s", trace.Escape(v.After.Log), v.After.Line, trace.Escape(v.After.Kind))
	}
	p.line("\nviolated: %s, %s, state %d of the run", v.Property, place, v.Step)
	if v.Detail != "" {
		p.line("  %s", v.Detail)
	}
}

func (p *printer) unexercised(r *Report) {
	if r.Verdict != Accepted {
		return
	}
	if len(r.Violations) > 0 {
		p.line("")
	}
	if len(r.NotTaken) > 0 {
		p.line("the log has no step of: %s", trace.Escape(strings.Join(r.NotTaken, ", ")))
	}
	if len(r.NotRefused) > 0 {
		p.line("guards that never refused on the way: %s", trace.Escape(strings.Join(r.NotRefused, ", ")))
	}
}
