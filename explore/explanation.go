package explore

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/muster-mc/muster/internal/explain"
	"github.com/muster-mc/muster/internal/orbit"
)

// Explanation is where the states come from, as far as the run got.
type Explanation struct {
	// Fields are the fields of the states, those first that would save the most if
	// they were ignored. A field has its name without indices, and stands for all
	// elements: Nodes.Phase.
	Fields []FieldReport `json:"fields"`

	// BulkFirst and BulkLast are the levels between which half of the states are:
	// no fewer consecutive levels have half of them.
	BulkFirst int `json:"bulkFirst"`
	BulkLast  int `json:"bulkLast"`

	// Steps is what was measured of the steps; nil unless any advice follows from it.
	Steps *StepsReport `json:"steps,omitempty"`

	// Advice is what usually helps, a sentence each, the most urgent first.
	Advice []string `json:"advice"`
}

// FieldReport is what one field does to the number of states.
type FieldReport struct {
	Field    string          `json:"field"`
	Elements []ElementReport `json:"elements"` // one, unless it is in an array or the like

	// Combinations is how many values all elements have together, and Without how
	// many different states would remain if they were ignored. Both are exact up to
	// 16,384, and otherwise estimated, with a standard error of 0.8 percent.
	Combinations uint64 `json:"combinations"`
	Without      uint64 `json:"without"`
	Exact        bool   `json:"exact"`

	// OnlyGrew: it is a number that rose and never fell, on the steps that discovered
	// a state, and on all steps from the first 1,024 states and one in 1,024 of the
	// others. Rising is on how many of the levels that were made its
	// largest value was larger than ever before; StillRising, that the last of them
	// is among the last quarter of the levels.
	OnlyGrew    bool `json:"onlyGrew,omitempty"`
	Rising      int  `json:"rising,omitempty"`
	StillRising bool `json:"stillRising,omitempty"`
}

// ElementReport is how many values one element of a field has.
type ElementReport struct {
	Path   string `json:"path"`
	Values uint64 `json:"values"`
}

// explanation puts together what was observed; nil if Options.Explain is not set. Fields
// that are equal in both counts keep the order in which the search met them, hence the
// stable sort.
func (r *run) explanation() *Explanation {
	if r.explainer == nil {
		return nil
	}
	x := &Explanation{Fields: []FieldReport{}, Advice: []string{}}
	for _, f := range r.explainer.Fields {
		x.Fields = append(x.Fields, reportOf(f, r.result.Counts.Depth))
	}
	slices.SortStableFunc(x.Fields, func(a, b FieldReport) int {
		return cmp.Or(cmp.Compare(a.Without, b.Without), -cmp.Compare(a.Combinations, b.Combinations))
	})
	x.BulkFirst, x.BulkLast = bulk(r.result.Counts.Levels)
	x.advise(publicCounts(r.result.Counts), r.result.Stop != nil)
	x.adviseSteps(r)
	x.adviseSymmetry(orbit.Candidates(r.system.StateType, r.system.Symmetry))
	return x
}

// A field that is a name in some state has no largest value to speak of, so nothing is
// said about its growth.
func reportOf(f *explain.Field, depth int) FieldReport {
	r := FieldReport{
		Field: f.Name, Combinations: f.Combinations.Count(), Without: f.Without.Count(),
		Exact:    f.Combinations.IsExact() && f.Without.IsExact(),
		OnlyGrew: f.Rose && !f.Fell && !f.IsText, Elements: []ElementReport{},
	}
	if !f.IsText {
		r.Rising, r.StillRising = f.Risings, f.LastRising > depth-max(1, depth/4) && f.Risings > 0
	}
	for _, el := range f.Elements {
		r.Elements = append(r.Elements, ElementReport{el.Path, el.Values.Count()})
	}
	return r
}

// bulk is the shortest run of levels with half of the states. One pass with two ends
// suffices: when the last level of a run moves on, its first one never has to go back.
// Half is rounded up, so that a single state is half of itself.
func bulk(levels []uint64) (first, last int) {
	total := uint64(0)
	for _, n := range levels {
		total += n
	}
	first, last = 1, len(levels)
	sum, from := uint64(0), 0
	for to, n := range levels {
		sum += n
		for sum-levels[from] >= (total+1)/2 {
			sum -= levels[from]
			from++
		}
		if sum >= (total+1)/2 && to-from < last-first {
			first, last = from+1, to+1
		}
	}
	return first, last
}

// risingLevels is how many levels there must be before a value that keeps rising
// means something.
const risingLevels = 8

// advise says what usually helps against what was seen. A field that grew is no matter in
// a run that came to its end: something has bounded it.
func (x *Explanation) advise(c Counts, cut bool) {
	say := func(format string, args ...any) { x.Advice = append(x.Advice, fmt.Sprintf(format, args...)) }
	for _, f := range x.Fields {
		switch {
		case !cut || !f.StillRising || c.Depth < risingLevels || f.Rising < c.Depth/4:
		case f.roseEverywhere(c.Depth):
			say("%s grew at every level and nothing bounds it so far: bound it in the actions or by a Constraint", f.Field)
		default:
			say("%s keeps growing, at %d of %d levels, and nothing bounds it so far: bound it in the actions or by a Constraint", f.Field, f.Rising, c.Depth)
		}
	}
	if len(x.Fields) > 0 { // the table has the others
		if f := x.Fields[0]; f.Without > 0 && c.Distinct >= 2*f.Without {
			say("without %s there would be %.1f times fewer states: if nothing but properties reads it, keep less of it, or set it to zero when it no longer matters",
				f.Field, float64(c.Distinct)/float64(f.Without))
		}
	}
}

// adviseSymmetry says which parts of the state look interchangeable and are not declared to
// be. An array of parts that all have as many values as the others is the best sign of it.
func (x *Explanation) adviseSymmetry(candidates []orbit.Candidate) {
	index := ""
	for _, c := range candidates {
		if c.Type != "" && index == "" {
			index = c.Type
		}
	}
	for _, c := range candidates {
		if n := x.alikeIn(c.Path); c.Elements > 0 && n > 1 {
			x.Advice = append(x.Advice, symmetryAdvice(c.Path, n, index))
			return
		}
	}
	for _, f := range x.Fields {
		isIndexed := strings.Contains(f.Field, ".") // by its elements, or declared
		n := f.alike()
		switch {
		case n < 2 || isIndexed:
		case index != "": // other fields may name the elements, whose order must then stay
			x.Advice = append(x.Advice, symmetryAdvice(f.Field, n, index))
			return
		default:
			x.Advice = append(x.Advice, fmt.Sprintf(
				"the %d elements of %s have as many values each: if it makes no difference which is which, a slice with the tag `muster:\"unordered\"` keeps one order of up to %d",
				n, f.Field, factorial(n)))
			return
		}
	}
}

func symmetryAdvice(path string, n int, index string) string {
	first := ""
	if index == "" {
		index, first = "NodeID", "type NodeID uint8, "
	}
	return fmt.Sprintf("the %d elements of %s have as many values each: if it makes no difference which is which, declare that, for up to %d times fewer states: %smodel.Scalars[%s](%d) in Symmetry, and the tag `muster:\"by=%s\"` at %s",
		n, path, factorial(n), first, index, n, index, path)
}

// alikeIn is how many elements of an array vary, if all fields of each have as many values
// as those of the others.
func (x *Explanation) alikeIn(path string) int {
	elements := map[string]bool{}
	for _, f := range x.Fields {
		if f.Combinations < 2 || f.Field != path && !strings.HasPrefix(f.Field, path+".") {
			continue
		}
		if f.alike() < 2 {
			return 0
		}
		for _, el := range f.Elements {
			if end := strings.IndexByte(el.Path, ']'); end >= 0 && el.Values > 1 {
				elements[el.Path[:end]] = true
			}
		}
	}
	return len(elements)
}

// roseEverywhere reports whether the largest value rose at every level. There is
// none to rise from on the first, and the last may be a part.
func (f FieldReport) roseEverywhere(depth int) bool {
	return f.StillRising && depth >= risingLevels && f.Rising >= depth-2
}

// growing are the fields that have grown at every level so far.
func growing(x *explain.Observer, depth int) (names []string) {
	for _, f := range x.Fields {
		if r := reportOf(f, depth); r.roseEverywhere(depth) {
			names = append(names, f.Name)
		}
	}
	return names
}

// alike is how many elements of the field vary, if each has as many values as the others.
// Equal numbers of values suggest that the elements are interchangeable and prove
// nothing, so the advice says so with an if.
func (f FieldReport) alike() int {
	n, values := 0, uint64(0)
	for _, el := range f.Elements {
		switch {
		case el.Values < 2:
		case values != 0 && el.Values != values:
			return 0
		default:
			n, values = n+1, el.Values
		}
	}
	return n
}

// More than 12! says nothing more, and 12! fits into an int of 32 bits.
func factorial(n int) int {
	product := 1
	for i := 2; i <= min(n, 12); i++ {
		product *= i
	}
	return product
}
