package explore

import (
	"math"

	"github.com/muster-mc/muster/model"
)

// Code is what a run has done with real code; see package inplace.
type Code struct {
	// Parts are the machines and values of the model, in its order. Unless the whole space
	// was explored their counts depend on the workers, as Seconds does: a worker may be
	// ahead of a finding.
	Parts []model.CodeAccount `json:"parts"`

	// Whole reports whether the whole space was explored, so that the counts are always
	// the same.
	Whole bool `json:"whole"`

	// MissProbability is the chance that two values of real code were taken for one, even
	// once. It is zero if their encodings were compared.
	MissProbability float64 `json:"missProbability"`
}

// codeReport is nil if the model runs no real code.
func (r *run) codeReport() *Code {
	if len(r.system.Code) == 0 {
		return nil
	}
	c := &Code{Parts: r.code, Whole: r.result.Stop == nil}
	for _, p := range c.Parts {
		if !p.Exact {
			c.MissProbability += collides(p.States)
		}
	}
	return c
}

// collides bounds the chance that any two of n values have the same hash of 128 bits: there
// are n(n-1)/2 pairs, and each has the chance 2^-128.
func collides(n uint64) float64 {
	values := float64(n)
	return values * max(0, values-1) / 2 * math.Pow(2, -128)
}
