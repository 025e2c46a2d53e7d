package flags

import (
	"errors"
	"fmt"
	"strings"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/command/internal/exit"
	"github.com/spf13/pflag"
)

// explain words an error of the flag library: the value given, the value
// wanted, and the flags that there are.
func (l *Line) explain(err error) error {
	var (
		unknown *pflag.NotExistError
		value   *pflag.InvalidValueError
		missing *pflag.ValueRequiredError
		ranged  *catalog.RangeError
	)
	switch {
	case errors.As(err, &ranged):
		return exit.WithHint(ranged.Error(), l.hintOnParameter(ranged))
	case errors.As(err, &unknown):
		return l.unknownFlag(unknown)
	case errors.As(err, &value):
		f := value.GetFlag()
		return exit.Errorf("--%s %s: want %s", f.Name, value.GetValue(), wanted(f))
	case errors.As(err, &missing):
		f := missing.GetFlag()
		return exit.Errorf("--%s: want %s after it", f.Name, wanted(f))
	}
	return err
}

// hintOnParameter names the command's flag that may have been meant: the flag of this name,
// or for several numbers the flag that takes them.
func (l *Line) hintOnParameter(err *catalog.RangeError) string {
	p := err.Parameter
	if p.Type == "int" && strings.ContainsAny(err.Got, ".,") && l.all.Lookup(sweepFlag) != nil {
		return fmt.Sprintf("--%s %s=%s sweeps the parameter %[2]s", sweepFlag, p.Name, err.Got)
	}
	if l.all.Lookup(runPrefix+p.Name) == nil {
		return ""
	}
	return fmt.Sprintf("--%s is the model's here; %s's own is --%s%s", p.Name, l.command, runPrefix, p.Name)
}

// sweepFlag is the name of the flag for several values of a parameter, in the commands that
// have it.
const sweepFlag = "sweep"

// unknownFlag names the nearest flag.
func (l *Line) unknownFlag(err *pflag.NotExistError) error {
	got := "--" + err.GetSpecifiedName()
	if letters := err.GetSpecifiedShortnames(); letters != "" {
		got = "-" + letters
	}
	var known []string
	l.all.VisitAll(func(f *pflag.Flag) { known = append(known, "--"+f.Name) })
	u := catalog.Unknown("flag", l.command, got, known)
	words := []string{l.program, l.command}
	if l.model != "" {
		words = append(words, l.model)
	}
	return exit.WithHint(u.Problem(), strings.Join(words, " ")+" --help shows all flags")
}

// wanted describes the values of a flag.
func wanted(f *pflag.Flag) string {
	if p, ok := f.Value.(*parameter); ok {
		return p.Range()
	}
	switch f.Value.Type() {
	case "uint", "uint16", "uint32", "uint64":
		return "a number, 0 or more"
	case "duration":
		return "a time above zero, such as 90s or 10m"
	case "size":
		return "a size such as 512MiB or 4GiB"
	case "bool":
		return "true or false"
	}
	return "a " + strings.ToLower(placeholder(f))
}
