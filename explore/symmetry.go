package explore

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/muster-mc/muster/internal/orbit"
	"github.com/muster-mc/muster/internal/search"
	"github.com/muster-mc/muster/internal/system"
)

// SymmetryMode says what becomes of the symmetry that a model declares.
type SymmetryMode string

// The modes. The zero value stands for SymmetryAuto.
const (
	SymmetryAuto SymmetryMode = "auto" // one state of each orbit, unless a property that was asked for cannot be decided so
	SymmetryOn   SymmetryMode = "on"   // one state of each orbit; properties that cannot be decided so are unknown
	SymmetryOff  SymmetryMode = "off"  // all states

	// SymmetryProve is SymmetryOn with a proof that the declared symmetry is true: of every
	// state of each orbit, with every renaming. That takes longer than to search all states,
	// and all memory that the orbits save.
	SymmetryProve SymmetryMode = "prove"
)

// SymmetryModes lists all modes.
func SymmetryModes() []SymmetryMode {
	return []SymmetryMode{SymmetryAuto, SymmetryOn, SymmetryOff, SymmetryProve}
}

// reducesAlways reports whether orbits are searched although they do not decide everything.
func (m SymmetryMode) reducesAlways() bool { return m == SymmetryOn || m == SymmetryProve }

// Symmetry is what a report says of interchangeable values. A state with all those that
// differ from it in nothing but the names of such values is an orbit.
type Symmetry struct {
	Groups []SymmetryGroup `json:"groups"`

	// NotReduced is why all states were searched nevertheless. Orbits and States are zero
	// then.
	NotReduced string `json:"notReduced,omitempty"`

	// Orbits is the number of orbits, of which one state each was searched; it is that of
	// the distinct states in Counts. States is the sum of their sizes: the number of
	// states that a search of all states finds, if the initial states are symmetric too.
	Orbits uint64 `json:"orbits,omitempty"`
	States uint64 `json:"states,omitempty"`

	// AsymmetricStart: some initial state has a renamed state that is none. Verdicts are
	// as good then, but States counts states that cannot be reached, too.
	AsymmetricStart bool `json:"asymmetricStart,omitempty"`

	// Proved: every state of each orbit was checked with every renaming, and all orbits
	// were found; see [SymmetryProve]. Otherwise a sample was checked.
	Proved bool `json:"proved,omitempty"`
}

// SymmetryGroup is a type with its number of interchangeable values.
type SymmetryGroup struct {
	Type string `json:"type"`
	Size int    `json:"size"`
}

// String names the group, as in NodeID(3).
func (g SymmetryGroup) String() string { return fmt.Sprintf("%s(%d)", g.Type, g.Size) }

// Interchangeable is what a model says of interchangeable values, before any search.
type Interchangeable struct {
	// Groups are the types that the model declares, those of one value too.
	Groups []SymmetryGroup `json:"groups"`

	// Candidates are parts of the state that look as if their elements or values were
	// interchangeable, and are not declared. Only the author knows whether they are.
	Candidates []Candidate `json:"candidates"`
}

// Candidate is an array, or an integer type by which things seem to be told apart.
type Candidate struct {
	Path     string `json:"path"` // of the array, or of the first value of the type
	Elements int    `json:"elements,omitempty"`
	Type     string `json:"type,omitempty"`
}

// String names the candidate.
func (c Candidate) String() string {
	if c.Type != "" {
		return fmt.Sprintf("the values of %s (%s)", c.Type, c.Path)
	}
	return fmt.Sprintf("the %d elements of %s", c.Elements, c.Path)
}

// Interchangeable returns what the model says of interchangeable values.
func (c Checker) Interchangeable() Interchangeable {
	x := Interchangeable{Groups: []SymmetryGroup{}, Candidates: []Candidate{}}
	for _, s := range c.System.Symmetry {
		x.Groups = append(x.Groups, SymmetryGroup{cmp.Or(s.Name, s.Type.Name()), s.Size})
	}
	for _, k := range orbit.Candidates(c.System.StateType, c.System.Symmetry) {
		x.Candidates = append(x.Candidates, Candidate{k.Path, k.Elements, k.Type})
	}
	return x
}

func problemOfSymmetry(m *system.System, o Options) string {
	if o.Symmetry != "" && !slices.Contains(SymmetryModes(), o.Symmetry) {
		return fmt.Sprintf("there is no symmetry %q; there are auto, on, off and prove", o.Symmetry)
	}
	if o.Symmetry.reducesAlways() && len(m.Symmetry) == 0 {
		return "it declares no symmetry that could be on: see Model.Symmetry"
	}
	return ""
}

// decideOnSymmetry decides what is searched: one state of each orbit if the model declares
// a symmetry and that decides what was asked for.
func (r *run) decideOnSymmetry() {
	if r.options.Symmetry == SymmetryOff || r.system.Refused != nil {
		return
	}
	r.orbits, _ = r.system.Orbits() // prepare has refused the model if there is an error
	if r.orbits == nil {
		return
	}
	unsound := r.unsoundOnOrbits()
	switch {
	case len(unsound) == 0:
	case r.options.Symmetry.reducesAlways():
		maps.Copy(r.undecided, unsound)
		r.properties = slices.DeleteFunc(r.properties, func(i int) bool { _, is := unsound[i]; return is })
	default:
		r.notReduced = r.reasons(unsound) + "; without properties about whole runs it would be"
		r.orbits = nil
	}
}

// unsoundOnOrbits are the properties that orbits do not decide, and why. On orbits, single
// values are lost: a run of orbits can be fair to each value in turn and unfair to one of
// them (E. A. Emerson, A. P. Sistla: Utilizing Symmetry when Model-Checking under Fairness
// Assumptions. ACM TOPLAS 19(4), 1997).
func (r *run) unsoundOnOrbits() map[int]string {
	unfair := ""
	for _, a := range search.Actions(r.system, r.options.WithoutFaults) {
		if a.Fair.IsEach() {
			unfair = fmt.Sprintf("the fairness of %s tells its arguments apart", a.Name)
			break
		}
	}
	unsound := map[int]string{}
	for _, i := range r.properties {
		p := &r.system.Properties[i]
		switch {
		case !p.IsTemporal():
		case isLabelled(p.Formula):
			unsound[i] = singly
		case unfair != "":
			unsound[i] = unfair
		}
	}
	return unsound
}

// singly is why a property that claims something of each of several values is not decided.
const singly = "claims something of each of several values"

// reasons says of properties why orbits do not decide them, those with one reason together.
func (r *run) reasons(unsound map[int]string) string {
	var order []string
	by := map[string][]string{}
	for _, i := range r.properties {
		if why, is := unsound[i]; is {
			if by[why] == nil {
				order = append(order, why)
			}
			by[why] = append(by[why], r.system.Properties[i].Name)
		}
	}
	var parts []string
	for _, why := range order {
		names := strings.Join(by[why], ", ")
		switch {
		case why != singly:
			parts = append(parts, names+": "+why)
		case len(by[why]) == 1:
			parts = append(parts, names+" "+why)
		default:
			parts = append(parts, names+" claim something of each of several values")
		}
	}
	return strings.Join(parts, "; ")
}

// isLabelled reports whether a formula claims something of each of several values.
func isLabelled(f *system.Formula) bool {
	return f.Label != "" || slices.ContainsFunc(f.Parts, func(p system.Formula) bool { return isLabelled(&p) })
}

// undecidedOnOrbits is why a run that reduces always has not decided everything.
func (r *run) undecidedOnOrbits() string {
	var names []string
	for _, i := range r.options.checked(r.system) {
		if why, is := r.undecided[i]; is && why != wholeRuns {
			names = append(names, r.system.Properties[i].Name)
		}
	}
	if len(names) == 0 {
		return ""
	}
	return fmt.Sprintf("one state of each orbit does not decide %s; search all states for that", strings.Join(names, ", "))
}

// symmetry is what the report says of symmetry.
func (r *run) symmetry() *Symmetry {
	orbits := r.orbits
	if orbits == nil && r.notReduced != "" {
		orbits, _ = r.system.Orbits()
	}
	if orbits == nil {
		return nil
	}
	s := &Symmetry{NotReduced: r.notReduced}
	for _, g := range orbits.Groups() {
		s.Groups = append(s.Groups, SymmetryGroup{g.Type, g.Size})
	}
	if r.orbits != nil {
		s.Orbits, s.States = r.result.Counts.Distinct, r.result.Counts.Symmetric
		s.AsymmetricStart = !r.withoutRuns && !r.startsSymmetric()
		s.Proved = r.hasProvedSymmetry()
	}
	return s
}

// hasProvedSymmetry reports whether the search has checked everything that symmetry relies
// on.
func (r *run) hasProvedSymmetry() bool {
	return r.options.Symmetry == SymmetryProve && r.result.Stop == nil
}

// startsMax is the most attempts to make an initial state that are looked at to see whether
// the initial states are symmetric.
const startsMax = 1 << 18

// startsSymmetric reports whether every renamed initial state is one too: whether there are
// as many of them as in all their orbits together. Those outside the constraint are no
// states of the space. If Init makes too many to tell, it says
// yes: the sum of the orbits' sizes is then no more than a sum.
func (r *run) startsSymmetric() bool {
	reducer, space := r.orbits.NewReducer(), r.system.Codec.New()
	states, orbits := map[string]bool{}, map[string]bool{}
	sum, tries := uint64(0), 0
	p, there := system.NewStepper(r.system, nil), system.NewStepper(r.system, nil)
	p.Begin()
	var encoded []byte
	for a, o := range p.Ways() {
		if tries++; tries > startsMax {
			return true
		}
		s, enabled, _ := p.Try(a, o)
		if !enabled {
			continue
		}
		encoded = space.Append(encoded[:0], s)
		if there.Enter(encoded); there.IsOutside() {
			continue
		}
		representative, err := reducer.Canonical(encoded)
		if err != nil {
			return true
		}
		states[string(encoded)] = true
		if !orbits[string(representative)] {
			orbits[string(representative)] = true
			sum += reducer.Orbit()
		}
	}
	return sum == uint64(len(states))
}

// publicCounts are the counts of a search.
func publicCounts(c search.Counts) Counts {
	return Counts{Initial: c.Initial, Distinct: c.Distinct, Generated: c.Generated, Outside: c.Outside, Depth: c.Depth, Levels: c.Levels}
}
