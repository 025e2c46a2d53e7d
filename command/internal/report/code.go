package report

import (
	"fmt"
	"strings"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/internal/number"
	"github.com/muster-mc/muster/model"
)

// code prints what was done with the real code that the model runs, if that is all that
// there is to do: what a run that ended early has done depends on the workers.
func (p *Printer) code(c *explore.Code) {
	if c == nil || !c.Whole {
		return
	}
	var rows [][]string
	for _, x := range c.Parts {
		rows = append(rows, []string{x.Name, number.Commas(x.States), unlessNone(x, x.Steps), unlessNone(x, x.Asked)})
	}
	p.Table([]string{"real code", ">different", ">steps run", ">steps asked for"}, rows)
}

// unlessNone is a number of steps, for parts that take steps.
func unlessNone(x model.CodeAccount, n uint64) string {
	if x.Asked == 0 {
		return ""
	}
	return number.Commas(n)
}

// codeSoFar is the same on a line, of a run that ended early.
func codeSoFar(c *explore.Code) string {
	var words []string
	for _, x := range c.Parts {
		text := fmt.Sprintf("%s %s", number.Commas(x.States), x.Name)
		if x.Asked > 0 {
			text += fmt.Sprintf(" by %s steps for %s", number.Commas(x.Steps), number.Commas(x.Asked))
		}
		words = append(words, text)
	}
	return "; real code: " + strings.Join(words, ", ")
}

// references says what the answer rests on where a state refers to real code.
func references(c *explore.Code) string {
	if c.MissProbability == 0 {
		return "references to real code: what they refer to was compared byte for byte"
	}
	return fmt.Sprintf("references of 128 bits to real code: the chance that any two values were taken for one is %.2g", c.MissProbability)
}
