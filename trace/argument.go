package trace

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/muster-mc/muster/model"
)

// Argument is one choice that an action made.
type Argument struct {
	Name  string
	Value Value

	alike bool // another answer to the question has the same text
}

// shown returns the value as it is shown: with the values behind the texts of String
// methods, if the text alone could also be another answer's.
func (a Argument) shown() Value {
	if a.alike {
		return a.Value.exposed()
	}
	return a.Value
}

// Arguments are an action's choices in the order in which they were made. They
// marshal to one JSON object in that order. When an action used a name more
// than once, the later ones are called name#2, name#3 and so on.
type Arguments []Argument

// ArgumentsOf converts the arguments that a [model.Odometer] has recorded.
func ArgumentsOf(list []model.Argument) Arguments {
	var as Arguments
	for _, a := range list {
		v := ValueOf(a.Value)
		as = append(as, Argument{Name: a.Name, Value: v, alike: v.isAlike(a.Among)})
	}
	return as
}

// isAlike reports whether a slice has another value with the same text. This is only
// possible if a String method omits something.
func (v Value) isAlike(among any) bool {
	if among == nil || !v.hasBehind() {
		return false
	}
	list := reflect.ValueOf(among)
	for i := range list.Len() {
		if w := ValueOf(list.Index(i).Interface()); !w.Equal(v) && w.String() == v.String() {
			return true
		}
	}
	return false
}

// hasBehind reports whether a String method returned a text of the value.
func (v Value) hasBehind() bool {
	return v.behind != nil || slices.ContainsFunc(v.parts, func(p part) bool { return p.value.hasBehind() })
}

// exposed returns the value with the values behind the texts of String methods, in
// brackets.
func (v Value) exposed() Value {
	if v.behind != nil {
		return Value{kind: text, text: v.text + "(" + v.behind.exposed().within() + ")"}
	}
	v.parts = slices.Clone(v.parts)
	for i := range v.parts {
		v.parts[i].value = v.parts[i].value.exposed()
	}
	return v
}

// String lists the arguments as in node=0, message={From:1 To:2}. An argument
// whose name is empty is its value alone.
func (as Arguments) String() string { return as.record().list() }

// Plain returns the text of the arguments in which answers with the same text are the
// same. The fairness of an action distinguishes its steps by this text.
func (as Arguments) Plain() string {
	plain := slices.Clone(as)
	for i := range plain {
		plain[i].alike = false
	}
	return plain.String()
}

// Index returns the place of the argument that a trace shows under this name, which may
// be name#2 and so on, or -1.
func (as Arguments) Index(name string) int {
	return slices.IndexFunc(as.record().parts, func(p part) bool { return p.name == name })
}

// Int returns the number under a name, as a trace shows the name. It panics if there is
// no such argument or if it is no number: the caller knows the action.
func (as Arguments) Int(name string) int {
	v := as.get(name)
	n, err := strconv.Atoi(v.text)
	if v.kind != number || err != nil {
		panic(fmt.Sprintf("trace: the argument %s is %s, and no int", name, v))
	}
	return n
}

// Text returns the value under a name as a trace shows it. It panics if there is no such
// argument.
func (as Arguments) Text(name string) string { return as.get(name).String() }

func (as Arguments) get(name string) Value {
	i := as.Index(name)
	if i < 0 {
		panic(fmt.Sprintf("trace: there is no argument %q among %q", name, as.String()))
	}
	return as[i].Value
}

// Exposed returns the text of the arguments with the values behind the texts of String
// methods, so that answers that differ have different texts.
func (as Arguments) Exposed() string {
	exposed := slices.Clone(as)
	for i := range exposed {
		exposed[i].alike = true
	}
	return exposed.String()
}

// Match reports whether arguments may be those of a recorded step. A trace of an earlier
// version has the plain text of answers that have the same text.
func (as Arguments) Match(recorded Arguments) bool {
	text := recorded.String()
	return as.String() == text || as.Plain() == text
}

// MayMatch reports whether arguments may match those of a recorded step, for arguments that
// do not know the other answers there were, as after [model.Odometer.Remember]: [Arguments.Match]
// is surely false where this is.
func (as Arguments) MayMatch(recorded Arguments) bool {
	if len(as) != len(recorded) {
		return false
	}
	exposed := slices.Clone(as)
	for i := range exposed {
		exposed[i].alike = true
	}
	one, other, want := as.record().parts, exposed.record().parts, recorded.record().parts
	for i, p := range want {
		text := p.value.within()
		if one[i].name != p.name || one[i].value.within() != text && other[i].value.within() != text {
			return false
		}
	}
	return true
}

// list returns the text of arguments.
func (v Value) list() string {
	var words []string
	for _, p := range v.parts {
		word := p.value.within()
		if p.name != "" {
			word = escaped(p.name) + "=" + word
		}
		words = append(words, word)
	}
	return strings.Join(words, ", ")
}

// record returns the arguments as fields with unique names.
func (as Arguments) record() Value {
	r := Value{kind: record}
	taken := map[string]bool{}
	for _, a := range as {
		name := unused(a.Name, taken)
		taken[name] = true
		r.parts = append(r.parts, part{name: name, value: a.shown()})
	}
	return r
}

func unused(name string, taken map[string]bool) string {
	unique := name
	for n := 2; taken[unique]; n++ {
		unique = name + "#" + strconv.Itoa(n)
	}
	return unique
}
