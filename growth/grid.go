package growth

import (
	"cmp"
	"slices"
)

// grid is every combination of the sweeps' values, small ones first: by how many
// steps they are away from the smallest, and then by the first sweep's value.
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

// beyond are the sizes after the last one of the grid, a few in each parameter, as
// far as the parameter permits.
func (m *meter) beyond() [][]int {
	var corner []int
	for _, s := range m.options.Sweeps {
		corner = append(corner, s.Values[len(s.Values)-1])
	}
	var places [][]int
	for i, s := range m.options.Sweeps {
		p, _ := parameter(m.entry, s.Parameter) // ParseSweep found it
		for ahead := 1; ahead <= m.options.Ahead; ahead++ {
			at := slices.Clone(corner)
			if at[i] += ahead * s.step(); at[i] <= p.Max {
				places = append(places, at)
			}
		}
	}
	return places
}

// step is how far apart the last two values are.
func (s Sweep) step() int {
	n := len(s.Values)
	if n < 2 {
		return 1
	}
	return s.Values[n-1] - s.Values[n-2]
}
