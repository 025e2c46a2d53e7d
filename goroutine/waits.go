package goroutine

import (
	"reflect"
	"strconv"
	"strings"

	"github.com/muster-mc/muster/model"
)

// waits says who waits for what: each goroutine that has begun, and that can take no
// step.
func (r *runner[S]) waits(s *S) []model.Wait {
	var list []model.Wait
	for i := range r.of(s) {
		if r.isStuck(s, i) {
			list = append(list, r.explain(s, i))
		}
	}
	return list
}

// isStuck reports whether a goroutine has begun and can take no step. A panic is a step.
func (r *runner[S]) isStuck(s *S, i int) (stuck bool) {
	defer func() {
		if recover() != nil {
			stuck = false
		}
	}()
	at := int(r.of(s)[i].at)
	if at == 0 {
		return false
	}
	one := r.threads[i].enabled[at-1]
	return !model.Enabled(one, one.Actions[0].Name, s)
}

// explain runs the statement of a goroutine for its operations to say why they wait. It
// does so on a copy, for the statement may change the state behind an operation that has
// to wait.
func (r *runner[S]) explain(s *S, i int) model.Wait {
	t := &r.threads[i]
	statement := &t.code[r.of(s)[i].at-1]
	w := model.Wait{Who: t.name, At: statement.text}
	look := model.Action[S]{Name: "look", Do: func(copied *S, c *model.Choice) bool {
		e := &explainer[S]{runner: r, state: copied}
		statement.do(copied, G{id: uint8(i), copy: uint8(t.copy), mode: explaining, c: c, t: &r.of(copied)[i], r: e, s: copied})
		w.For = strings.Join(e.reasons, " or ")
		return false
	}}
	model.Enabled(&model.Model[S]{Actions: []model.Action[S]{look}}, look.Name, s)
	return w
}

// explainer is a runner that listens to the operations of one statement.
type explainer[S any] struct {
	*runner[S]
	state   *S
	reasons []string
}

func (e *explainer[S]) note(_ G, wait string, object any, detail string) {
	if object == nil {
		e.reasons = append(e.reasons, wait)
		return
	}
	name := nameOf(reflect.ValueOf(e.state).Elem(), reflect.ValueOf(object), "")
	if name == "" {
		name = "a " + reflect.TypeOf(object).Elem().Name() // not in the state
	}
	e.reasons = append(e.reasons, wait+name+" ("+detail+")")
}

// nameOf finds the path from a value to a part of it: the name of a field for people.
func nameOf(v, part reflect.Value, path string) string {
	if v.Type() == part.Type().Elem() && v.Addr().Pointer() == part.Pointer() {
		return path
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			field := v.Type().Field(i).Name
			if path != "" {
				field = path + "." + field
			}
			if name := nameOf(v.Field(i), part, field); name != "" {
				return name
			}
		}
	case reflect.Array:
		for i := range v.Len() {
			if name := nameOf(v.Index(i), part, path+"["+strconv.Itoa(i)+"]"); name != "" {
				return name
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			if name := nameOf(v.Index(i), part, path+"["+strconv.Itoa(i)+"]"); name != "" {
				return name
			}
		}
	}
	return ""
}

// NoneWaitsForEver is a property of the whole run for a program's model: a goroutine that
// cannot go on can do so later. It finds a goroutine that waits for ever while others run
// on, where there is no deadlock. Daemons may wait.
func (p Program[S]) NoneWaitsForEver() model.Property[S] {
	r := newRunner(p)
	var must []int
	for i := range r.threads {
		if !r.threads[i].Daemon {
			must = append(must, i)
		}
	}
	stuck := func(s *S, n int) bool { return r.isStuck(s, must[n]) }
	moves := func(s *S, n int) bool { return !r.isStuck(s, must[n]) }
	return model.LeadsToEach("NoneWaitsForEver", "goroutine", len(must), stuck, moves)
}
