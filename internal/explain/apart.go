package explain

import (
	"slices"
	"strings"

	"github.com/muster-mc/muster/internal/codec"
	"github.com/muster-mc/muster/internal/orbit"
	"github.com/muster-mc/muster/internal/system"
)

// Apart is a part of the state that never meets the rest: no step changes both, which steps
// change the part, and to what, follows from the part alone, and which steps change the rest
// follows from the rest alone. Constants count to neither.
type Apart struct {
	Parts  []string // fields of the state, and elements of its arrays
	Values int      // that all of them have together
	Rest   int      // that the rest has

	// Like is the place in the list of the first part that is the same but for the index
	// of elements: it has the same values and the same steps.
	Like int
}

// unit is what a part is made of: a field of the state, or an element of an array that is
// one. A smaller unit could tell more parts apart; whoever models two servers writes them as
// two elements, or as elements of several arrays.
type unit struct {
	name   string
	places []unitPlace
}

type unitPlace struct {
	field *codec.Field
	place int
}

// unitsOf takes a state apart.
func unitsOf(fields []*codec.Field) (list []unit) {
	for _, f := range fields {
		for place := range f.Places() {
			name := unitName(f.Name(place))
			i := slices.IndexFunc(list, func(u unit) bool { return u.name == name })
			if i < 0 {
				i = len(list)
				list = append(list, unit{name: name})
			}
			list[i].places = append(list[i].places, unitPlace{f, place})
		}
	}
	return list
}

// unitName is the field at the beginning of a path, with an index behind it.
func unitName(path string) string {
	end := strings.IndexByte(path, '.')
	if end < 0 {
		end = len(path)
	}
	if closes := strings.IndexByte(path[:end], ']'); closes >= 0 {
		end = closes + 1
	}
	return path[:end]
}

// withoutIndex is the name of a unit as that of any element.
func withoutIndex(name string) string {
	before, _, _ := strings.Cut(name, "[")
	return before
}

// separator finds the parts that never meet. It goes through the states twice: first to find
// the units that steps change together, then to compare the steps from states with equal
// parts.
type separator struct {
	*near
	units   []unit
	state   system.State
	space   system.Space
	orbits  *orbit.Orbits // nil if all states are searched
	rename  *orbit.Reducer
	scratch []byte

	from, to, alike, alikeTo []uint64 // by unit: hashes

	group  []int // by unit: the first unit that it is changed together with
	parts  []*part
	states uint64 // that were looked at, all of each orbit
	some   bool   // not all states of the orbits were looked at
	failed bool   // something panicked
	most   uint64 // attempts to take a step
}

// part is what is known of a group of units.
type part struct {
	units []int

	own   map[uint64]uint64 // by the hash of the part: that of the steps that change it
	rest  map[uint64]uint64 // the same of everything else
	alike map[uint64]uint64 // as own, with names without an index
	meets bool              // two states with the same part have other steps that change it, or the same of the rest
}

func newSeparator(n *near, orbits *orbit.Orbits) *separator {
	c := n.system.Codec
	s := &separator{near: n, units: unitsOf(c.Fields()), state: c.Make(), space: c.New(), orbits: orbits}
	for i := range s.units {
		s.group = append(s.group, i)
	}
	for _, list := range []*[]uint64{&s.from, &s.to, &s.alike, &s.alikeTo} {
		*list = make([]uint64, len(s.units))
	}
	if orbits != nil {
		s.rename = orbits.NewReducer()
	}
	return s
}

// find is the first unit of the group.
func (s *separator) find(unit int) int {
	for s.group[unit] != unit {
		unit = s.group[unit]
	}
	return unit
}

// unite joins two groups. The smaller number stands for both, so that the parts come in the
// order of the state's fields.
func (s *separator) unite(a, b int) {
	a, b = s.find(a), s.find(b)
	s.group[max(a, b)] = min(a, b)
}

// hashes are the hashes of all units of a state. Those of named are of the content and the
// name, those of alike of the content and the name without an index.
func (s *separator) hashes(encoded string, named, alike []uint64) {
	system.Decode(s.space, s.state, []byte(encoded))
	for i, u := range s.units {
		s.scratch = s.scratch[:0]
		for _, p := range u.places {
			s.scratch = p.field.Append(s.scratch, p.place, s.state)
		}
		// The name is in the hash, so that two fields with the same content do not cancel
		// each other or change places unseen when the hashes of units are added.
		content := mix(textHash(string(s.scratch)))
		named[i] = mix(content ^ textHash(u.name))
		alike[i] = mix(content ^ textHash(withoutIndex(u.name)))
	}
}

// lookFirst notes which units the steps from a state change together. The units that are
// changed at all become groups.
func (s *separator) lookFirst(p *place, changed []bool) {
	s.hashes(p.encoded, s.from, s.alike)
	for a := range s.actions {
		list, ok := s.steps(p, a)
		s.failed = s.failed || !ok
		for _, q := range list {
			s.hashes(q.encoded, s.to, s.alikeTo)
			// All units that one step changes get into one group. So each step changes
			// one group at the most, and no smaller groups have that property.
			first := -1
			for i := range s.units {
				if s.from[i] == s.to[i] {
					continue
				}
				if changed[i] = true; first < 0 {
					first = i
				}
				s.unite(first, i)
			}
		}
	}
}

// makeParts makes a part of each group.
func (s *separator) makeParts(changed []bool) {
	at := map[int]*part{}
	for i := range s.units {
		if !changed[i] {
			continue
		}
		first := s.find(i)
		if at[first] == nil {
			at[first] = &part{own: map[uint64]uint64{}, rest: map[uint64]uint64{}, alike: map[uint64]uint64{}}
			s.parts = append(s.parts, at[first])
		}
		at[first].units = append(at[first].units, i)
	}
}

// lookAgain compares the steps from a state with those from the states with equal parts.
func (s *separator) lookAgain(p *place) {
	s.hashes(p.encoded, s.from, s.alike)
	steps, alikeSteps := make([]uint64, len(s.parts)), make([]uint64, len(s.parts))
	seen := map[[2]uint64]bool{}
	for a := range s.actions {
		list, _ := s.steps(p, a)
		for _, q := range list {
			s.hashes(q.encoded, s.to, s.alikeTo)
			i := slices.IndexFunc(s.parts, func(c *part) bool { return c.sum(s.from) != c.sum(s.to) })
			if i < 0 {
				continue // the step changes nothing
			}
			// A step to a state outside the constraint is cut off there. So it is another
			// step than the same change inside.
			way := uint64(a) << 1
			if s.isOutside(q) {
				way++
			}
			// A set of steps has the sum of their hashes, which does not depend on their
			// order. Seen keeps one step from counting twice: two steps from a state can
			// change a part in the same way.
			if step := mix(s.parts[i].sum(s.to) + mix(way+1)); !seen[[2]uint64{uint64(i), step}] {
				seen[[2]uint64{uint64(i), step}] = true
				steps[i] += step
				alikeSteps[i] += mix(s.parts[i].sum(s.alikeTo) + mix(way+1))
			}
		}
	}
	total, all := uint64(0), uint64(0)
	for i, c := range s.parts {
		total += c.sum(s.from)
		all += steps[i]
	}
	for i, c := range s.parts {
		own := c.sum(s.from)
		// The notes of a part that meets the rest are of no more use, and there is one for
		// each of its values.
		if c.meets = c.meets || isOther(c.own, own, steps[i]) || isOther(c.rest, total-own, all-steps[i]); c.meets {
			clear(c.own)
			clear(c.rest)
			continue
		}
		c.alike[c.sum(s.alike)] = alikeSteps[i]
	}
}

// isOther notes a value, and reports whether another one was noted before.
func isOther(of map[uint64]uint64, key, value uint64) bool {
	before, known := of[key]
	of[key] = value
	return known && before != value
}

// sum is the hash of the part in a state, whose units have these hashes. The sum is mixed
// again: otherwise the sum of all parts would be that of all units, however they are grouped.
func (c *part) sum(hashes []uint64) (sum uint64) {
	for _, i := range c.units {
		sum += hashes[i]
	}
	return mix(sum)
}

// members are the states of the orbit of a state, or this many of them. Of orbits, one state
// each would not do: two states with equal parts could then have lost what tells them apart,
// because each was renamed in another way.
func (s *separator) members(encoded []byte) [][]byte {
	list := [][]byte{encoded}
	if s.orbits == nil {
		return list
	}
	known := map[string]bool{string(encoded): true}
	for at := 0; at < len(list); at++ {
		for _, p := range s.orbits.Neighbours() {
			other, err := s.rename.Permute(nil, list[at], p)
			if s.failed = s.failed || err != nil; s.failed {
				return nil
			}
			if known[string(other)] {
				continue
			}
			if len(list) == membersMax {
				s.some = true
				return list
			}
			known[string(other)] = true
			list = append(list, other)
		}
	}
	return list
}

// membersMax is the most states of one orbit that are looked at: all of an orbit of four
// interchangeable values, which has 4! states at the most.
const membersMax = 24

// separate looks at the states, and returns the parts that never meet the rest. Whole says
// that these are all states of the space, and that no limit cut it.
func (s *separator) separate(states [][]byte, whole bool) (list []Apart) {
	if len(s.units) < 2 {
		return nil
	}
	changed := make([]bool, len(s.units))
	if !s.each(states, func(p *place) { s.lookFirst(p, changed) }) {
		return nil
	}
	if s.makeParts(changed); len(s.parts) < 2 || !s.each(states, s.lookAgain) {
		return nil
	}
	return s.apart(whole && !s.some)
}

// each calls look for all states of the orbits of these states. It reports false if it came to
// no end.
func (s *separator) each(states [][]byte, look func(*place)) bool {
	s.states = 0
	for _, encoded := range states {
		for _, member := range s.members(encoded) {
			look(s.begin(member, attemptsEach))
			if s.over || s.failed || s.tries > s.most {
				return false
			}
			s.states++
		}
	}
	return !s.failed
}

// apart are the parts that never meet the rest. That equal parts have equal steps says
// something only where equal parts come with different rests. In a whole space each value of
// the part must come with each of the rest. Otherwise a quarter of the states must have a part
// that another state has too, and a quarter such a rest.
func (s *separator) apart(whole bool) (list []Apart) {
	var kept []*part
	for _, c := range s.parts {
		own, rest := uint64(len(c.own)), uint64(len(c.rest))
		if c.meets || own < 2 || rest < 2 || whole && own*rest != s.states || s.states-max(own, rest) < s.states/4 {
			continue
		}
		a := Apart{Values: len(c.own), Rest: len(c.rest), Like: len(list)}
		for _, u := range c.units {
			a.Parts = append(a.Parts, s.units[u].name)
		}
		for i, k := range kept {
			if list[i].Like == i && s.isLike(c, k, whole) {
				a.Like = i
				break
			}
		}
		kept, list = append(kept, c), append(list, a)
	}
	return list
}

// isLike reports whether two parts are the same but for the index. In a space that is not
// whole, one of them may lack values that the other has.
func (s *separator) isLike(c, d *part, whole bool) bool {
	names := func(p *part) (list []string) {
		for _, u := range p.units {
			list = append(list, withoutIndex(s.units[u].name))
		}
		return list
	}
	if !slices.Equal(names(c), names(d)) || whole && len(c.alike) != len(d.alike) {
		return false
	}
	// Both notes are by names without an index, so one value has one key in either part.
	common := 0
	for value, steps := range c.alike {
		other, known := d.alike[value]
		if known && other != steps {
			return false
		}
		if known {
			common++
		}
	}
	return common > 1 && (!whole || common == len(c.own))
}
