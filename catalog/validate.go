package catalog

import "regexp"

// names are what can be typed without quoting; a slash sets a group apart.
var (
	word    = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	grouped = regexp.MustCompile(`^[a-z0-9-]+(/[a-z0-9-]+)*$`)
)

// reserved are the flags by which a seeded bug, a fix and a page of help are
// asked for.
var reserved = map[string]bool{"bug": true, "fix": true, "help": true}

// validate panics when the entry cannot work.
func (e Entry) validate(hasBug bool) {
	if !grouped.MatchString(e.Name) {
		panicf("model %q: want a name of small letters, digits and dashes", e.Name)
	}
	e.validateNames("parameter", e.parameters())
	e.validateNames("bug", names(e.Bugs, func(b Bug) string { return b.Name }))
	e.validateNames("fix", names(e.Fixes, func(f Fix) string { return f.Name }))
	if len(e.Bugs) > 0 && !hasBug {
		panicf("%s has bugs, but its Config has no field Bug of type string", e.Name)
	}
	e.validateVariants()
}

func (e Entry) validateNames(what string, names []string) {
	seen := map[string]bool{}
	for _, name := range names {
		switch {
		case !word.MatchString(name):
			panicf("%s: %s %q: want a name of small letters, digits and dashes", e.Name, what, name)
		case what == "parameter" && reserved[name]:
			panicf("%s: no parameter can have the name %q", e.Name, name)
		case seen[name]:
			panicf("%s: there are two of the %s %q", e.Name, what, name)
		}
		seen[name] = true
	}
}

func (e Entry) validateVariants() {
	for _, b := range e.Bugs {
		if b.Breaks == "" {
			panicf("%s: bug %s: which property does it break?", e.Name, b.Name)
		}
		e.validateSettings("bug", b.Name, Settings{Bug: b.Name})
	}
	for _, f := range e.Fixes {
		e.validateSettings("fix", f.Name, Settings{Fix: f.Name})
	}
}

func (e Entry) validateSettings(what, name string, s Settings) {
	if _, err := e.complete(s); err != nil {
		panicf("%s: %s %s: %v", e.Name, what, name, err)
	}
}
