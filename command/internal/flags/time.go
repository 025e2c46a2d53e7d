package flags

import (
	"fmt"
	"time"
)

// duration is a flag that is a time above zero, such as 90s or 10m.
type duration struct{ value *time.Duration }

// Time declares a flag for a time above zero. It has the value that it had before
// unless the flag is set.
func (s *Set) Time(value *time.Duration, name, usage string) {
	s.Var(duration{value}, name, usage)
}

// Set reads a time, and refuses one that is not above zero.
func (d duration) Set(text string) error {
	t, err := time.ParseDuration(text)
	if err != nil {
		return err
	}
	if t <= 0 {
		return fmt.Errorf("%s is not above zero", text)
	}
	*d.value = t
	return nil
}

// String writes the time as Go does.
func (d duration) String() string {
	if d.value == nil {
		return ""
	}
	return d.value.String()
}

// Type is the flag library's name of the type.
func (d duration) Type() string { return "duration" }
