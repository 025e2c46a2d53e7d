package catalog

import (
	"cmp"
	"errors"
	"fmt"
	"strings"
)

const letters = "abcdefghijklmnopqrstuvwxyz0123456789"

// isWord: it can be typed without quoting, and a dash is between two letters.
func isWord(name string) bool {
	for part := range strings.SplitSeq(name, "-") {
		if part == "" || strings.Trim(part, letters) != "" {
			return false
		}
	}
	return true
}

// isGrouped: the same of names in which a slash sets a group apart.
func isGrouped(name string) bool {
	for part := range strings.SplitSeq(name, "/") {
		if part == "" || strings.Trim(part, letters+"-") != "" {
			return false
		}
	}
	return true
}

// isReserved: it is a flag by which a seeded bug, a fix or a page of help is asked
// for.
func isReserved(name string) bool { return name == "bug" || name == "fix" || name == "help" }

// validate says why the entry cannot work.
func (d *details) validate(hasBug bool) error {
	err := cmp.Or(
		validateNames("parameter", d.parameterNames()),
		validateNames("bug", names(d.bugs, func(b Bug) string { return b.Name })),
		validateNames("fix", names(d.fixes, func(f Fix) string { return f.Name })),
	)
	if err != nil {
		return err
	}
	if len(d.bugs) > 0 && !hasBug {
		return errors.New("it has bugs, but its Config has no field Bug of type string")
	}
	return d.validateVariants()
}

func validateNames(what string, names []string) error {
	seen := map[string]bool{}
	for _, name := range names {
		switch {
		case !isWord(name):
			return fmt.Errorf("%s %q: want a name of small letters, digits and dashes", what, name)
		case what == "parameter" && isReserved(name):
			return fmt.Errorf("no parameter can have the name %q", name)
		case seen[name]:
			return fmt.Errorf("there are two of the %s %q", what, name)
		}
		seen[name] = true
	}
	return nil
}

func (d *details) validateVariants() error {
	for _, b := range d.bugs {
		if b.Breaks == "" {
			return fmt.Errorf("bug %s: which property does it break?", b.Name)
		}
		if _, err := d.complete(Settings{Bug: b.Name}); err != nil {
			return fmt.Errorf("bug %s: %w", b.Name, err)
		}
	}
	for _, f := range d.fixes {
		if _, err := d.complete(Settings{Fix: f.Name}); err != nil {
			return fmt.Errorf("fix %s: %w", f.Name, err)
		}
	}
	return nil
}

func panicf(format string, args ...any) {
	panic("catalog: " + fmt.Sprintf(format, args...))
}
