package growth

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/muster-mc/muster/catalog"
)

// Sweep is a parameter and the values that it takes in turn.
type Sweep struct {
	Parameter string
	Values    []int // ascending, each once
}

// valuesMax bounds what a range such as 1..1000000 stands for.
const valuesMax = 100

// ParseSweep reads what a user asks for: nodes=1..4, nodes=1,2,4, or a mixture.
// The error says what is wrong, in the words of the command line.
func ParseSweep(e catalog.Entry, text string) (Sweep, error) {
	name, list, ok := strings.Cut(text, "=")
	if !ok {
		return Sweep{}, fmt.Errorf("--sweep %s: want a parameter and its values, such as nodes=1..4 or nodes=1,2,4", text)
	}
	p, err := parameter(e, name)
	if err != nil {
		return Sweep{}, err
	}
	s := Sweep{Parameter: name}
	for _, item := range strings.Split(list, ",") {
		first, last, err := span(item)
		if err != nil {
			return Sweep{}, fmt.Errorf("--sweep %s: %w", text, err)
		}
		if first < p.Min || last > p.Max {
			return Sweep{}, fmt.Errorf("--sweep %s: want numbers from %d to %d", text, p.Min, p.Max)
		}
		if last-first >= valuesMax {
			return Sweep{}, fmt.Errorf("--sweep %s: want at most %d values", text, valuesMax)
		}
		for n := first; n <= last; n++ {
			s.Values = append(s.Values, n)
		}
	}
	slices.Sort(s.Values)
	s.Values = slices.Compact(s.Values)
	return s, nil
}

// parameter finds the one that is swept, which must be a number.
func parameter(e catalog.Entry, name string) (catalog.Parameter, error) {
	var numbers []string
	for _, p := range e.Parameters() {
		switch {
		case p.Name == name && p.Type != "int":
			return p, fmt.Errorf("--sweep %s: it is %s; only numbers can be swept", name, p.Range())
		case p.Name == name:
			return p, nil
		case p.Type == "int":
			numbers = append(numbers, p.Name)
		}
	}
	return catalog.Parameter{}, catalog.Unknown("parameter", e.Name, name, numbers)
}

// span reads one value, or a first and a last one.
func span(item string) (first, last int, err error) {
	from, to, isRange := strings.Cut(item, "..")
	if !isRange {
		to = from
	}
	first, err1 := strconv.Atoi(from)
	last, err2 := strconv.Atoi(to)
	switch {
	case err1 != nil || err2 != nil:
		return 0, 0, fmt.Errorf("%q is neither a number nor a range such as 1..4", item)
	case first > last:
		return 0, 0, fmt.Errorf("the range %s is empty: put the smaller number first", item)
	}
	return first, last, nil
}
