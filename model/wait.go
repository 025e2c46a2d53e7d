package model

// Wait says that one part of a system cannot go on, and why. See [Model.Waits].
type Wait struct {
	Who string `json:"who"` // such as a process or a goroutine
	For string `json:"for"` // its reason, as in "to lock Mu (held by reader)" or "for a reply"; empty if that is not known
	At  string `json:"at"`  // where it stands, such as a statement; empty if there is nothing to say
}

// String is one sentence without its full stop.
func (w Wait) String() string {
	text := w.Who + " waits"
	if w.For != "" {
		text += " " + w.For
	}
	if w.At != "" {
		text += ", at " + w.At
	}
	return text
}
