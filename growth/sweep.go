package growth

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/muster-mc/muster/catalog"
)

// Sweep is a parameter and its values.
type Sweep struct {
	Parameter string
	Values    []int // ascending, without duplicates
}

// valuesMax limits the number of values of a range such as 1..1000000.
const valuesMax = 100

// ParseSweep parses the argument of a flag: nodes=1..4, nodes=1,2,4, or a mixture. The
// error is worded for the command line.
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

// parameter returns the parameter with a name, which must be a number.
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

// span parses a value, or a range with a first and a last value.
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

// grid returns all combinations of the sweeps' values, ordered by the number of steps
// from the smallest one, and then by the first sweep's value.
func grid(sweeps []Sweep) [][]int {
	places := [][]int{{}}
	for _, s := range sweeps {
		var longer [][]int
		for _, place := range places {
			for i := range s.Values {
				longer = append(longer, append(slices.Clone(place), i))
			}
		}
		places = longer
	}
	slices.SortStableFunc(places, func(a, b []int) int { return cmp.Compare(total(a), total(b)) })
	for _, place := range places {
		for i, s := range sweeps {
			place[i] = s.Values[place[i]]
		}
	}
	return places
}

func total(place []int) int {
	sum := 0
	for _, n := range place {
		sum += n
	}
	return sum
}

// beyond returns sizes after the last one of the grid, a few in each parameter, within
// the parameter's range.
func (m *meter) beyond() [][]int {
	var corner []int
	for _, s := range m.options.Sweeps {
		corner = append(corner, s.Values[len(s.Values)-1])
	}
	var places [][]int
	for i, s := range m.options.Sweeps {
		p, _ := parameter(m.entry, s.Parameter) // ParseSweep has found the parameter
		for ahead := 1; ahead <= m.options.Ahead; ahead++ {
			at := slices.Clone(corner)
			if at[i] += ahead * s.step(); at[i] <= p.Max {
				places = append(places, at)
			}
		}
	}
	return places
}

// step returns the difference of the last two values.
func (s Sweep) step() int {
	n := len(s.Values)
	if n < 2 {
		return 1
	}
	return s.Values[n-1] - s.Values[n-2]
}
