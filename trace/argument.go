package trace

import (
	"slices"
	"strconv"
	"strings"

	"github.com/muster-mc/muster/model"
)

// Argument is one choice that an action made.
type Argument struct {
	Name  string
	Value Value
}

// Arguments are an action's choices in the order in which they were made. They
// marshal to one JSON object in that order. When an action used a name more
// than once, the later ones are called name#2, name#3 and so on.
type Arguments []Argument

// ArgumentsOf reads what a [model.Odometer] recorded.
func ArgumentsOf(list []model.Argument) Arguments {
	var as Arguments
	for _, a := range list {
		as = append(as, Argument{Name: a.Name, Value: ValueOf(a.Value)})
	}
	return as
}

// String lists the arguments as in node=0, message={From:1 To:2}. An argument
// whose name is empty is its value alone.
func (as Arguments) String() string {
	var words []string
	for _, p := range as.record().parts {
		word := p.value.within()
		if p.name != "" {
			word = p.name + "=" + word
		}
		words = append(words, word)
	}
	return strings.Join(words, ", ")
}

// texts returns the arguments with the texts of sets alone, by which a step is found
// again.
func (as Arguments) texts() Arguments {
	list := slices.Clone(as)
	for i := range list {
		if v := &list[i].Value; v.isSet() {
			v.behind = nil
		}
	}
	return list
}

// record returns the arguments as fields with unique names.
func (as Arguments) record() Value {
	r := Value{kind: record}
	taken := map[string]bool{}
	for _, a := range as {
		name := unused(a.Name, taken)
		taken[name] = true
		r.parts = append(r.parts, part{name: name, value: a.Value})
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
