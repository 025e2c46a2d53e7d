package drive

import (
	"fmt"
	"strings"

	"github.com/muster-mc/muster/drive/suite"
	"github.com/muster-mc/muster/internal/number"
)

// Report is what a run of a suite came to.
type Report struct {
	Model    string
	Tests    int              // runs of the real system
	Steps    int              // that it took, after Init
	Refused  int              // steps that the system refused, as it should
	Coverage []suite.Coverage // what was covered; what is missed could not be forced or never happened
}

// String is one line, and a line more for each kind of goals that was not met in full.
func (r *Report) String() string {
	var kinds []string
	missed := ""
	for _, c := range r.Coverage {
		kinds = append(kinds, fmt.Sprintf("%d of %d %s", c.Covered, c.Goals, c.Kind))
		if n := c.Goals - c.Covered; n > 0 {
			more := ""
			if n > len(c.Missed) {
				more = fmt.Sprintf(", and %d more", n-len(c.Missed))
			}
			missed += fmt.Sprintf("\n  %s that never happened: %s%s", c.Kind, strings.Join(c.Missed, ", "), more)
		}
	}
	refused := ""
	if r.Refused > 0 {
		refused = fmt.Sprintf(", and refused %d", r.Refused)
	}
	return fmt.Sprintf("%s: %s, %s%s; covered %s%s", r.Model, number.Count(r.Tests, "test"), number.Count(r.Steps, "step"), refused, strings.Join(kinds, ", "), missed)
}
