package orbit

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"

	"github.com/muster-mc/muster/model"
)

// declarations are symmetries on the way to groups. A type is one group, whose blocks are the symmetries
// that were declared of its values.
type declarations struct {
	order []reflect.Type
	of    map[reflect.Type][]model.Symmetry
	owner map[reflect.Type]string // what types of values and of sets are declared as
	names map[string]bool
}

// groupsOf checks what can be checked of symmetries without the state. The groups are in the order
// in which their types are declared first, so that reports name them as the model does.
func groupsOf(symmetries []model.Symmetry) ([]Group, error) {
	d := declarations{of: map[reflect.Type][]model.Symmetry{}, owner: map[reflect.Type]string{}, names: map[string]bool{}}
	for _, s := range symmetries {
		if err := d.add(s); err != nil {
			return nil, err
		}
	}
	var list []Group
	for _, t := range d.order {
		g, err := groupOf(d.of[t])
		if err != nil {
			return nil, err
		}
		list = append(list, g)
	}
	return list, nil
}

// nameOf is how reports and tags call the values of a symmetry.
func nameOf(s model.Symmetry) string { return cmp.Or(s.Name, s.Type.Name()) }

// add checks a symmetry by itself, and that no other one has the same values or the same name.
func (d *declarations) add(s model.Symmetry) error {
	if s.Type == nil {
		return fmt.Errorf("a symmetry has no type: make it with model.Scalars")
	}
	name := s.Type.Name()
	switch bits, ok := widthOf(s.Type); {
	case s.Type.PkgPath() == "" || !ok:
		return fmt.Errorf("%v cannot be a type of interchangeable values, since not every %v is one of them: define a type, such as type NodeID uint8", s.Type, s.Type)
	case s.Size < 1 || s.Size > sizeMax:
		return fmt.Errorf("%s has %d values: a symmetry can have 1 to %d", name, s.Size, sizeMax)
	case !fits(s.Type, bits, s.First, s.Size):
		return fmt.Errorf("the values %d to %d do not fit %s, which is %v", s.First, s.First+int64(s.Size)-1, name, s.Type.Kind())
	}
	if err := d.claim(s.Type, "values"); err != nil {
		return err
	}
	for _, set := range s.Sets {
		if err := d.addSet(s, set); err != nil {
			return err
		}
	}
	return d.addValues(s)
}

// addValues adds the values of a symmetry to those of its type.
func (d *declarations) addValues(s model.Symmetry) error {
	for _, other := range d.of[s.Type] {
		if first, end := max(s.First, other.First), min(s.First+int64(s.Size), other.First+int64(other.Size)); first < end {
			return fmt.Errorf("%s is declared twice with the value %d: each symmetry of one type has values of its own", s.Type.Name(), first)
		}
	}
	if d.names[nameOf(s)] {
		return fmt.Errorf("two symmetries are called %s: give each a name of its own by Named", nameOf(s))
	}
	d.names[nameOf(s)] = true
	if d.of[s.Type] == nil {
		d.order = append(d.order, s.Type)
	}
	d.of[s.Type] = append(d.of[s.Type], s)
	return nil
}

// addSet checks a type of sets of values.
func (d *declarations) addSet(s model.Symmetry, set model.BitSet) error {
	t, first, name := set.Type, set.First, s.Type.Name()
	if t == nil || t.PkgPath() == "" {
		return fmt.Errorf("%v cannot be a type of sets of %s, since not every %v is one: define a type, such as type NodeSet uint8", t, name, t)
	}
	bits, ok := wordOf(t)
	if !ok {
		return fmt.Errorf("%s is declared as sets of %s, and is no unsigned integer and no struct of one", t.Name(), name)
	}
	// A value without a bit would be lost from every set in silence.
	if first < 0 || first+s.Size > bits {
		return fmt.Errorf("%s has %d bits, too few for sets of %d values of %s", t.Name(), bits, s.Size, name)
	}
	return d.claim(t, "sets of "+name)
}

// claim notes what a type is declared as. The symmetries of one type declare the same again.
func (d *declarations) claim(t reflect.Type, as string) error {
	if was, taken := d.owner[t]; taken && was != as {
		return fmt.Errorf("%s is declared twice, as %s and as %s", t.Name(), was, as)
	}
	d.owner[t] = as
	return nil
}

// groupOf joins the symmetries of one type. Values between them are blocks of their own, which no renaming
// moves.
func groupOf(list []model.Symmetry) (Group, error) {
	slices.SortFunc(list, func(a, b model.Symmetry) int { return cmp.Compare(a.First, b.First) })
	// One numbering for all values from the first of the first symmetry to the last of the last:
	// a field of the type can hold a value of any of them.
	least, most := list[0], list[len(list)-1]
	g := Group{Type: least.Type.Name(), typ: least.Type, first: uint64(least.First)}
	if n := uint64(most.First-least.First) + uint64(most.Size); n > sizeMax {
		return g, fmt.Errorf("the symmetries of %s have the values %d to %d: there can be %d from the first of them to the last", g.Type, least.First, most.First+int64(most.Size)-1, sizeMax)
	}
	for _, s := range list {
		at := int(s.First - least.First)
		for ; g.Size < at; g.Size++ {
			g.blocks = append(g.blocks, block{g.Type, g.Size, 1})
		}
		g.blocks = append(g.blocks, block{nameOf(s), at, s.Size})
		g.Size += s.Size
	}
	for _, s := range list {
		for _, set := range s.Sets {
			if err := g.addSet(set, int(s.First-least.First)); err != nil {
				return g, err
			}
		}
	}
	return g, nil
}

// addSet adds a type of sets, which is declared for the values from one on. All values of the group have bits
// in it.
func (g *Group) addSet(set model.BitSet, from int) error {
	// The bit of the group's first value, which may be none: the set was declared for values that
	// come later.
	set.First -= from
	if bits, _ := wordOf(set.Type); set.First < 0 || set.First+g.Size > bits {
		return fmt.Errorf("%s does not have a bit for each value of all symmetries of %s: use BitsByValue and a type with enough bits", set.Type.Name(), g.Type)
	}
	for _, other := range g.sets {
		if other.Type == set.Type && other.First != set.First {
			return fmt.Errorf("the bits of %s stand for other values in one symmetry of %s than in another: use BitsByValue in both", set.Type.Name(), g.Type)
		}
	}
	if !slices.Contains(g.sets, set) {
		g.sets = append(g.sets, set)
	}
	return nil
}

// widthOf is the number of bits of an integer type.
func widthOf(t reflect.Type) (bits int, ok bool) {
	if k := t.Kind(); k < reflect.Int || k > reflect.Uintptr {
		return 0, false
	}
	return t.Bits(), true
}

// wordOf is the number of bits of an unsigned integer type, or of a struct of nothing else.
func wordOf(t reflect.Type) (bits int, ok bool) {
	for t.Kind() == reflect.Struct && t.NumField() == 1 {
		t = t.Field(0).Type
	}
	if k := t.Kind(); k < reflect.Uint || k > reflect.Uintptr {
		return 0, false
	}
	return t.Bits(), true
}

// fits reports whether n values from first on are values of an integer type.
func fits(t reflect.Type, bits int, first int64, n int) bool {
	last := first + int64(n) - 1
	if last < first { // the sum has passed the largest int64
		return false
	}
	v := reflect.New(t).Elem()
	if v.CanInt() {
		return !v.OverflowInt(first) && !v.OverflowInt(last)
	}
	return first >= 0 && (bits == 64 || last < 1<<bits)
}
