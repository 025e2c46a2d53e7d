package liveness

import (
	"fmt"
	"reflect"

	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

// combinations finds the labels of steps by the arguments that fairness tells apart.
// Labels are told apart by text, and making the text of a step is slow, so combinations
// remembers labels by values, as a tree with one level for each argument. It is for one
// goroutine. Each expander has trees of its own, so that no lock is taken for each step;
// only labelling, which numbers new labels, is shared.
type combinations struct {
	labels  *labelling
	actions []system.Action
	roots   []*combination        // by action: the combination of no arguments
	plain   map[reflect.Type]bool // by type: the result of isPlainType
	count   int                   // of nodes in all trees
}

// combinationsMax limits the remembered combinations, of all lengths, and so the
// memory. Past it, all are forgotten: they are cheap to learn again.
const combinationsMax = 1 << 20

// combination is a node of the tree: the arguments of a step up to one of them. Small
// numbers, the most frequent arguments by far, are found by index; others by map. The
// first small argument at a node decides on the name and the kind that small is for. An
// action mostly asks the same question at the same place; other arguments go to the map.
type combination struct {
	label  uint32 // of the step that has no further argument
	known  bool   // the label is known
	name   string // of the next argument, if it is in small
	isBool bool   // the next argument, if it is in small, is a bool: 1 is true
	small  []*combination
	others map[answer]*combination // by the next argument, if it is not in small
}

// answer is an argument as a key of a map: its type must be comparable.
type answer struct {
	name  string
	value any
}

func newCombinations(l *labelling, actions []system.Action) *combinations {
	return &combinations{labels: l, actions: actions, roots: make([]*combination, len(actions)), plain: map[reflect.Type]bool{}}
}

// IsTold reports whether the steps of an action are told apart.
func (c *combinations) IsTold(action int) bool { return c.actions[action].Fair.IsEach() }

// Label returns the label of a step with these arguments.
func (c *combinations) Label(action int, arguments []model.Argument) uint32 {
	if c.count > combinationsMax {
		// Labels are numbered in labelling, so a combination that is met again gets the
		// label that it had.
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

// smallMax is the number of small numbers that are found by index. It bounds the
// memory of a node of the tree.
const smallMax = 256

// next returns the combination with one more argument, or nil if the argument's value
// must not be a key: its text may change, or equal values may have different texts. The
// list grows up to the number that is asked for and not to smallMax at once, because a
// tree may have very many nodes.
func (c *combinations) next(at *combination, a *model.Argument) *combination {
	n, isInt := a.Value.(int)
	yes, isBool := a.Value.(bool)
	if yes {
		n = 1
	}
	isSmall := isBool || isInt && 0 <= n && n < smallMax
	if isSmall && (at.small == nil || at.isBool == isBool && at.name == a.Name) {
		if n < len(at.small) && at.small[n] != nil { // nearly always
			return at.small[n]
		}
		// The node is new, or has had arguments in the map only.
		at.name, at.isBool = a.Name, isBool
		for len(at.small) <= n {
			at.small = append(at.small, nil)
		}
		c.count++
		at.small[n] = &combination{}
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

// isPlain reports whether equal values of a type are the same in every way, at any time.
// Pointers are not: the value behind a pointer may change. The result is kept by type,
// because to look through a type by reflection for each step would cost more than the
// text that it saves.
func (c *combinations) isPlain(value any) bool {
	t := reflect.TypeOf(value)
	is, known := c.plain[t]
	if !known {
		is = isPlainType(t)
		c.plain[t] = is
	}
	return is
}

// isPlainType is true of types that consist of booleans, strings and whole numbers
// alone. Any type that is not listed is refused, which costs time but is always right.
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

// ofArguments returns the label of a step with these arguments. Only this function
// decides whether fairness takes two combinations for one: it does if their texts are
// the same.
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
