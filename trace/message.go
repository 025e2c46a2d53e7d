package trace

import (
	"regexp"
	"strings"
)

// The arguments whose values are messages with a sender and a receiver, as package network
// shows them: 1->2:prepare(2).
const (
	messageArgument = "message" // delivered
	lostArgument    = "lost"
)

var messageText = regexp.MustCompile(`(?s)^(\w+)->(\w+):(.*)$`)

// message is a message that a step delivers or loses.
type message struct {
	whole    string // such as 1->2:prepare(2)
	from, to string
	text     string
	isLost   bool
}

// messageIn returns the message of a step.
func messageIn(s Step) (m message, ok bool) {
	for _, a := range s.Arguments {
		if a.Name != messageArgument && a.Name != lostArgument {
			continue
		}
		whole := a.Value.text
		if parts := messageText.FindStringSubmatch(whole); parts != nil {
			return message{whole, parts[1], parts[2], parts[3], a.Name == lostArgument}, true
		}
	}
	return message{}, false
}

// caption returns the text at the arrow of a message: the message, and the action unless it
// is the usual one.
func (m message) caption(s Step) string {
	if s.Action == "Deliver" {
		return m.text
	}
	return strings.TrimSpace(escaped(s.Action) + " " + m.text + s.faultMark())
}

// linkPath is the path of a queue of messages of one sender to one receiver.
var linkPath = regexp.MustCompile(`\[(\w+->\w+)\]$`)

// sentIn returns the messages that a step has put into a network.
func sentIn(changes []Change) (list []string) {
	for _, c := range changes {
		text := strings.Trim(c.After, `"`)
		switch link := linkPath.FindStringSubmatch(c.Path); {
		case c.Before != "" || c.After == "":
		case messageText.MatchString(text):
			list = append(list, text)
		case link != nil:
			list = append(list, link[1]+":"+strings.TrimSuffix(strings.TrimPrefix(text, "["), "]"))
		}
	}
	return list
}

// sendings returns for each step with a message the step in which it was sent, or -1 if that
// is not known. Of equal messages the one that was sent first is the one that arrives.
func (t *Trace) sendings() []int {
	sent := make([]int, len(t.Steps))
	open := map[string][]int{}
	for i, s := range t.Steps {
		sent[i] = -1
		if m, ok := messageIn(s); ok {
			switch at := open[m.whole]; {
			case len(at) > 0:
				sent[i] = at[0]
				if len(at) > 1 {
					open[m.whole] = at[1:]
				}
			case strings.Contains(t.Steps[0].State.String(), m.whole):
				sent[i] = 0
			}
		}
		if i == 0 {
			continue // the first step lists what is there, and not what came
		}
		for _, whole := range sentIn(t.changes(i)) {
			open[whole] = append(open[whole], i)
		}
	}
	return sent
}
