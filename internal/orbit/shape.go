package orbit

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// kind is what a part of an encoding is, as far as renaming goes.
type kind uint8

const (
	plain   kind = iota // bytes that no renaming changes, all of one size
	text                // a string: a length and bytes
	value               // an interchangeable value, or another of its type
	bitset              // a set of interchangeable values
	record              // its parts, one after the other
	array               // a number of elements
	list                // a length and elements in order
	counted             // a byte that counts the elements in use, and an array with zeros behind them
	bag                 // a length and elements in the order of their bytes
	option              // a byte and, unless that is 0, an element
)

// node is a part of the type of a state, and so of each encoding.
//
// Nodes are made once for a type of states. Reducers of all goroutines read them and change
// nothing.
type node struct {
	kind  kind
	path  string
	size  int // of every encoding, -1 if sizes differ
	count int // of an array's elements
	group int // of a value or a set, and of an array or list that is indexed; else -1
	first int // the bit of a set's first value; of an array that is indexed, the first element of the group that it has
	named int // how many elements of an array are indexed
	parts []*node
	elem  *node
	key   uint64 // tells this part from all others
	moves bool   // a renaming can change the part, or its place
}

// keep renumbers the groups, those that became -1 are not renamed.
func (n *node) keep(groups []int) {
	if n.group >= 0 {
		n.group = groups[n.group]
	}
	// A value of a group of one cannot be renamed: it is bytes like others.
	if n.group < 0 && (n.kind == value || n.kind == bitset) {
		n.kind = plain
	}
	n.moves = n.group >= 0
	for _, p := range n.parts {
		p.keep(groups)
		n.moves = n.moves || p.moves
	}
	if n.elem != nil {
		n.elem.keep(groups)
		n.moves = n.moves || n.elem.moves
	}
	if n.kind == record {
		n.merge()
	}
}

// merge joins neighbours that no renaming changes: each place costs a hash and a copy, and
// most fields of a state have nothing to do with names.
func (n *node) merge() {
	var parts []*node
	for _, p := range n.parts {
		last := len(parts) - 1
		// The key of the first part stands for both: they are hashed together, so what
		// differs in the second differs in the hash.
		if last >= 0 && p.isFixed() && parts[last].isFixed() {
			parts[last] = &node{kind: plain, path: parts[last].path, size: parts[last].size + p.size, group: -1, key: parts[last].key}
			continue
		}
		parts = append(parts, p)
	}
	n.parts = parts
}

// isFixed reports whether the part is a number of bytes that no renaming changes.
func (n *node) isFixed() bool { return !n.moves && n.size >= 0 }

// compiler turns the type of a state into nodes. It admits every type that has an encoding:
// internal/codec has refused the others.
type compiler struct {
	groups []Group
	used   []bool // by group: some part of the state depends on it
	keys   uint64
}

// walk returns the node of the type at a path. By are the groups that index the arrays
// here, from the outside in.
//
// Keys are counted on the way, so equal types at two paths have different keys: that a node
// has voted and that a node is down must not look alike in a signature.
func (c *compiler) walk(t reflect.Type, path string, by []index) (*node, error) {
	c.keys++
	n := &node{kind: plain, path: path, group: -1, size: -1, key: mix(c.keys, seedOfParts)}
	// Tags with several names reach here with those that are left for the elements.
	if len(by) > 0 && t.Kind() != reflect.Array && t.Kind() != reflect.Slice {
		return nil, fmt.Errorf("field %s: the tag says that %s is an index of it, and it is %v: only arrays and slices can be indexed", path, by[0].name, t)
	}
	if g, ok := c.valueOf(t); ok {
		n.kind, n.group, n.size = value, g, int(t.Size())
		return n, nil
	}
	if g, first, ok := c.setOf(t); ok {
		n.kind, n.group, n.first, n.size = bitset, g, first, int(t.Size())
		return n, nil
	}
	return n, c.fill(n, t, path, by)
}

// valueOf is the group of whose values a type is.
func (c *compiler) valueOf(t reflect.Type) (group int, ok bool) {
	group = slices.IndexFunc(c.groups, func(g Group) bool { return g.typ == t })
	return group, c.use(group)
}

// setOf is the group of whose sets a type is, and the bit of the first value.
func (c *compiler) setOf(t reflect.Type) (group, first int, ok bool) {
	for i, g := range c.groups {
		for _, s := range g.sets {
			if s.Type == t {
				return i, s.First, c.use(i)
			}
		}
	}
	return -1, 0, false
}

// use notes that a part of the state depends on a group. A declaration on which nothing
// depends is a mistake, mostly a type that the state was to use and does not.
func (c *compiler) use(group int) bool {
	if group >= 0 {
		c.used[group] = true
	}
	return group >= 0
}

// fill walks what a type consists of.
func (c *compiler) fill(n *node, t reflect.Type, path string, by []index) (err error) {
	switch t.Kind() {
	case reflect.String:
		n.kind = text
	case reflect.Struct:
		return c.fillStruct(n, t, path)
	case reflect.Pointer:
		n.kind = option
		n.elem, err = c.walk(t.Elem(), join(path, "*"), nil)
	case reflect.Map:
		n.kind = bag
		// A map is encoded as its entries in the order of their bytes, as a bag is. The
		// keys of two entries differ, so no two entries are equal.
		entry := &node{kind: record, path: path, group: -1}
		if err = c.add(entry, t.Key(), path+"[key]", nil); err == nil {
			err = c.add(entry, t.Elem(), path+"[value]", nil)
		}
		n.elem = entry
	case reflect.Array:
		n.kind, n.count = array, t.Len()
		return c.fillElements(n, t, path, by)
	case reflect.Slice:
		n.kind = list
		return c.fillElements(n, t, path, by)
	default:
		n.size = int(t.Size())
	}
	return err
}

// fillElements walks the elements of an array or a slice, which a group may index.
func (c *compiler) fillElements(n *node, t reflect.Type, path string, by []index) (err error) {
	if len(by) > 0 {
		x := by[0]
		n.group, n.first, n.named = x.group, x.from, x.size
		c.use(n.group)
		by = by[1:]
		// A slice may be empty or as long as the group, and that depends on the state: see
		// writeIndexed.
		if n.kind == array && n.count < x.size {
			return fmt.Errorf("field %s: it is indexed by %s and has %d elements, fewer than the %d values of %s", path, x.name, n.count, x.size, x.name)
		}
	}
	if n.elem, err = c.walk(t.Elem(), path+"[]", by); err == nil && n.kind == array {
		if n.elem.size >= 0 {
			n.size = n.count * n.elem.size
		}
		if n.count == 0 {
			n.size = 0
		}
	}
	return err
}

func (c *compiler) fillStruct(n *node, t reflect.Type, path string) error {
	n.kind, n.size = record, 0
	for f := range t.Fields() {
		tag := f.Tag.Get("muster")
		if tag == "-" || f.Name == "_" {
			continue
		}
		at := join(path, f.Name)
		by, err := c.indexes(tag, at)
		if err != nil {
			return err
		}
		if err := c.add(n, f.Type, at, by); err != nil {
			return err
		}
		// A set or a bag is a struct with one unordered field. Its node stays a record with
		// one part, so the key of the field tells it from others.
		last := n.parts[len(n.parts)-1]
		if tag == "unordered" {
			last.kind = bag
		}
		if tag == countedTag && last.kind == array && last.elem.names() {
			n.joinCount(last)
		}
	}
	return nil
}

// countedTag says that the field before the array, a byte, counts the elements in use. The
// zeros behind them are no values, and no renaming changes them.
const countedTag = "counted"

// joinCount joins the last two parts, a byte and an array. The places of values in the array then
// depend on the state, so the size is as if it did too, and no table of places is made.
func (n *node) joinCount(array *node) {
	array.kind, array.size, n.size = counted, -1, -1
	n.parts = append(n.parts[:len(n.parts)-2], array)
}

// names reports whether values or sets of them are in a part.
func (n *node) names() bool {
	return n.kind == value || n.kind == bitset || n.group >= 0 || slices.ContainsFunc(n.parts, (*node).names) || n.elem != nil && n.elem.names()
}

// add walks a type as the next part of a record.
func (c *compiler) add(n *node, t reflect.Type, path string, by []index) error {
	// The sizes are added up on the way: the record has one size if all parts have.
	p, err := c.walk(t, path, by)
	if err != nil {
		return err
	}
	n.parts = append(n.parts, p)
	switch {
	case p.size < 0:
		n.size = -1
	case n.size >= 0:
		n.size += p.size
	}
	return nil
}

// byTag is how the tag of an indexed array begins.
const byTag = "by="

// index is what a tag names: the elements of a group that an array has elements for.
type index struct {
	block
	group int
}

// indexes are what a field's tag names. The types of a tag need not be declared if nothing is: a model can
// have the tags and leave its symmetry to a parameter.
func (c *compiler) indexes(tag, path string) ([]index, error) {
	names, ok := strings.CutPrefix(tag, byTag)
	if !ok {
		return nil, nil
	}
	var by []index
	for _, name := range strings.Split(names, ",") {
		x, ok := c.indexOf(name)
		if !ok {
			return nil, fmt.Errorf("field %s: the tag says that %q is an index of it, and the model declares no such symmetry: add model.Scalars[%s] to Symmetry, or correct the tag", path, name, name)
		}
		by = append(by, x)
	}
	return by, nil
}

// indexOf finds what has a name: a type with the values of all its symmetries, or one of these.
func (c *compiler) indexOf(name string) (x index, ok bool) {
	for i, g := range c.groups {
		if g.Type == name {
			return index{block{name, 0, g.Size}, i}, true
		}
	}
	for i, g := range c.groups {
		for _, b := range g.blocks {
			if b.name == name {
				return index{b, i}, true
			}
		}
	}
	return index{}, false
}

// join appends a name to a path.
func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}
