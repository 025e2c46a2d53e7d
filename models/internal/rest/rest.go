// Package rest asks of a protocol what "in the end" comes to when every run is
// finite: where it has come to rest, what it promised must be done. A model is
// at rest in a state in which nothing can happen but faults, and requests from
// outside, on which no promise may wait.
package rest

import (
	"slices"

	"github.com/muster-mc/muster/model"
)

// Always claims that holds is true in every state in which the model is at rest.
// The actions from outside are named; faults name themselves. The model's
// actions must be complete by now.
func Always[S any](m *model.Model[S], name string, holds func(*S) bool, outside ...string) model.Property[S] {
	own := ownSteps(m, outside)
	return model.Always(name, func(s *S) bool {
		return holds(s) || slices.ContainsFunc(own, func(action string) bool {
			return model.Enabled(m, action, s)
		})
	})
}

// ownSteps are the actions by which the protocol itself gets on. It panics when
// an action that is said to come from outside does not exist.
func ownSteps[S any](m *model.Model[S], outside []string) []string {
	var own, all []string
	for _, a := range m.Actions {
		all = append(all, a.Name)
		if a.Fault == "" && !slices.Contains(outside, a.Name) {
			own = append(own, a.Name)
		}
	}
	for _, name := range outside {
		if !slices.Contains(all, name) {
			panic("rest: " + m.Name + " has no action " + name)
		}
	}
	return own
}
