package liveness

import (
	"fmt"
	"reflect"

	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

// combinations finds the labels of steps by the arguments that fairness tells apart.
// It remembers them by the values that the arguments have, so that the text of a
// combination, by which labels are told apart, is made once. It is for one goroutine.
type combinations struct {
	labels  *labelling
	actions []system.Action
	roots   []*combination // by action
	plain   map[reflect.Type]bool
	count   int // of all combinations that are remembered
}

// combinationsMax is the number of combinations that are remembered, of all lengths.
// Past it, all are forgotten.
const combinationsMax = 1 << 20

// combination is the arguments of a step up to one of them.
type combination struct {
	label  uint32 // of the step that has no further argument
	known  bool   // the label is known
	name   string // of the next argument, if that is of small
	isBool bool   // and whether it is a yes or no: 1 or 0
	small  []*combination
	others map[answer]*combination // by the next argument
}

// answer is an argument as a key.
type answer struct {
	name  string
	value any
}

func newCombinations(l *labelling, actions []system.Action) *combinations {
	return &combinations{labels: l, actions: actions, roots: make([]*combination, len(actions)), plain: map[reflect.Type]bool{}}
}

// IsTold reports whether the steps of an action are told apart.
func (c *combinations) IsTold(action int) bool { return c.actions[action].Fair.IsEach() }

// Label is the label of a step with these arguments.
func (c *combinations) Label(action int, arguments []model.Argument) uint32 {
	if c.count > combinationsMax {
		clear(c.roots)
		c.count = 0
	}
	at := c.roots[action]
	if at == nil {
		at = &combination{}
		c.roots[action] = at
	}
	for i := range arguments {
		if at = c.next(at, &arguments[i]); at == nil {
			return c.labels.ofArguments(&c.actions[action], action, arguments)
		}
	}
	if !at.known {
		at.known, at.label = true, c.labels.ofArguments(&c.actions[action], action, arguments)
	}
	return at.label
}

// smallMax is the number of small numbers that are found by index.
const smallMax = 256

// next is the combination with one more argument; nil if the argument's value may be
// shown in another way at another time.
func (c *combinations) next(at *combination, a *model.Argument) *combination {
	n, isInt := a.Value.(int)
	yes, isBool := a.Value.(bool)
	if yes {
		n = 1
	}
	isSmall := isBool || isInt && 0 <= n && n < smallMax
	if isSmall && (at.small == nil || at.isBool == isBool && at.name == a.Name) {
		at.name, at.isBool = a.Name, isBool
		for len(at.small) <= n {
			at.small = append(at.small, nil)
		}
		if at.small[n] == nil {
			c.count++
			at.small[n] = &combination{}
		}
		return at.small[n]
	}
	if !isInt && !c.isPlain(a.Value) {
		return nil
	}
	key := answer{a.Name, a.Value}
	further := at.others[key]
	if further == nil {
		c.count++
		further = &combination{}
		if at.others == nil {
			at.others = map[answer]*combination{}
		}
		at.others[key] = further
	}
	return further
}

// isPlain reports whether values that are equal are the same in every way, and always.
func (c *combinations) isPlain(value any) bool {
	t := reflect.TypeOf(value)
	is, known := c.plain[t]
	if !known {
		is = isPlainType(t)
		c.plain[t] = is
	}
	return is
}

func isPlainType(t reflect.Type) bool {
	if t == nil {
		return true
	}
	switch t.Kind() {
	case reflect.Array:
		return isPlainType(t.Elem())
	case reflect.Struct:
		for i := range t.NumField() {
			if !isPlainType(t.Field(i).Type) {
				return false
			}
		}
		return true
	case reflect.Bool, reflect.String,
		reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return true
	}
	return false // of floats, 0 equals -0, and NaN nothing
}

// ofArguments is the label of a step with these arguments. This is where fairness tells
// combinations apart, or merges them: two whose arguments have one text are one.
func (l *labelling) ofArguments(a *system.Action, action int, arguments []model.Argument) uint32 {
	all := trace.ArgumentsOf(arguments)
	told, missing := toldApart(a.FairBy, all)
	step := label{action, told.Plain()}
	if missing != "" {
		l.refuse(fmt.Sprintf("action %s is to be fair by %q, but %s has no such argument", a.Name, missing,
			trace.Step{Action: a.Name, Arguments: all}.Label()))
		return noLabel
	}
	if exposed := told.Exposed(); exposed != step.arguments {
		l.noteMerged(step, exposed)
	}
	return l.of(step)
}
