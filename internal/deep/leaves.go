package deep

// Leaf is a part of a value without parts of its own.
type Leaf struct {
	Path  string // as Go would write it, such as raft.log.entries[2].Term
	Field string // the innermost field outside of the standard library as rules name it, such as Entry.Term; it may be empty
	Text  string // the value
}

// Leaves lists the leaves of the value that p points to, in the order of the encoding. The
// error is a [*Refusal].
func (c *Codec) Leaves(p any) (list []Leaf, err error) {
	w := c.walker()
	w.leaf = func(text string) {
		list = append(list, Leaf{Path: w.where(), Field: w.listed(), Text: text})
	}
	err = w.walk(p)
	return list, err
}

// Difference is a leaf that two values do not have alike. A text is empty where the value
// has no such leaf.
type Difference struct {
	Path, Field   string
	First, Second string
}

// Differences compares two values leaf by leaf, in the order of the first value; leaves that
// only the second has come last. Two values without a difference can still have different
// encodings, because some of an encoding is no leaf: which slices share an array, say.
func Differences(first, second []Leaf) []Difference {
	// Keys of a map can have one text, and then several leaves have one path. Leaves are in the
	// order of the encoding, so the first of one value goes with the first of the other.
	others := map[string][]Leaf{}
	for _, l := range second {
		others[l.Path] = append(others[l.Path], l)
	}
	var list []Difference
	compared := map[string]int{}
	for _, l := range first {
		text := ""
		if rest := others[l.Path]; len(rest) > 0 {
			text, others[l.Path] = rest[0].Text, rest[1:]
			compared[l.Path]++
		}
		if text != l.Text {
			list = append(list, Difference{l.Path, l.Field, l.Text, text})
		}
	}
	for _, l := range second {
		if compared[l.Path]--; compared[l.Path] < 0 {
			list = append(list, Difference{Path: l.Path, Field: l.Field, Second: l.Text})
		}
	}
	return list
}
