package system

import (
	"fmt"
	"runtime"
	"slices"
	"strings"

	"github.com/muster-mc/muster/trace"
)

// Panic is a panic in the model's own code.
type Panic struct {
	In    string // the code that panicked, such as an action with its arguments
	Value any
	Site  string // where, such as ", at lease.go:17", or nothing if that is not known
}

func (p *Panic) String() string {
	return trace.Escape(fmt.Sprintf("%s panicked: %v%s", p.In, p.Value, p.Site))
}

// argumentsShown is the most arguments that the words for a failed step have: an action that
// asks without an end fails after thousands of questions.
const argumentsShown = 24

// LabelOf names a step in an error: the action with its arguments, or the first of them.
func LabelOf(action string, all trace.Arguments) string {
	shown := all[:min(len(all), argumentsShown)]
	label := trace.Step{Action: action, Arguments: shown}.Label()
	if more := len(all) - len(shown); more > 0 {
		label = fmt.Sprintf("%s, and %d more)", strings.TrimSuffix(label, ")"), more)
	}
	return label
}

// Recovered describes a panic in the model's code. It is for the deferred function
// that recovered the value.
//
// Real code that a model runs in place panicked before, when the step was run: it brings
// its site along.
func Recovered(in string, value any) *Panic {
	if known, ok := value.(interface{ Site() string }); ok {
		return &Panic{in, value, known.Site()}
	}
	return &Panic{in, value, panicSite()}
}

// panicSite names the file and line of the innermost function of the model's code. The
// stack of a deferred function that recovers has that function on top, then frames of
// the runtime, which raised the panic, and then the code that panicked. Callers skips
// itself, panicSite and Recovered. The first of the latter is wanted, so a few dozen
// frames are enough. A package from which models are made is not the place of the mistake:
// its caller is. Where the checker itself is the caller, the package is all that there is
// to name.
func panicSite() string {
	var pcs [64]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(3, pcs[:])])
	inRuntime, site := false, ""
	for {
		f, more := frames.Next()
		if strings.HasPrefix(f.Function, "runtime.") {
			inRuntime = true
		} else if inRuntime {
			library := isLibrary(f.Function)
			if site == "" || !library && !isChecker(f.Function) {
				site = fmt.Sprintf(", at %s:%d", f.File[strings.LastIndexByte(f.File, '/')+1:], f.Line)
			}
			if !library {
				return site
			}
		}
		if !more {
			return site
		}
	}
}

const module = "github.com/muster-mc/muster/"

// libraries are the packages from which models are made, and those of Go's own that models and
// the former call, and that call them back. A test's FailNow is called by what is to be named.
var libraries = []string{
	module + "actor", module + "container", module + "crash", module + "goroutine", module + "inplace",
	module + "lin", module + "model", module + "network", module + "txn",
	"iter", "maps", "slices", "sort", "strings", "sync", "testing",
}

// isLibrary reports whether a function, by its full name, belongs to one of the libraries.
func isLibrary(function string) bool {
	path := strings.LastIndexByte(function[:strings.IndexAny(function+"[", "[(")], '/') + 1
	name, _, _ := strings.Cut(function[path:], ".")
	return slices.Contains(libraries, function[:path]+name)
}

// isChecker reports whether a function, by its full name, belongs to the code that runs
// models.
func isChecker(function string) bool {
	path, ours := strings.CutPrefix(function, module)
	return ours && (strings.HasPrefix(path, "internal/") || strings.HasPrefix(path, "explore."))
}
