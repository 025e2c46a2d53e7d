package conform

import (
	"fmt"
	"time"

	"github.com/muster-mc/muster/trace"
)

// patience is the time after which a check that was ended, and goes on, is given up if one
// call of the model's code has not returned.
const patience = time.Second

// HungError is code of the model that does not return. It cannot be stopped: it goes on
// until the process ends.
type HungError struct{ Model, Part string }

func (e *HungError) Error() string {
	return fmt.Sprintf("%s: %s has not returned for %v: it cannot be stopped, and goes on until the process ends", trace.Escape(e.Model), e.Part, patience)
}
