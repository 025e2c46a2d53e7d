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

// Differences compares two values leaf by leaf.
func Differences(first, second []Leaf) []Difference {
	other := map[string]string{}
	for _, l := range second {
		other[l.Path] = l.Text
	}
	var list []Difference
	known := map[string]bool{}
	for _, l := range first {
		known[l.Path] = true
		if text := other[l.Path]; text != l.Text {
			list = append(list, Difference{l.Path, l.Field, l.Text, text})
		}
	}
	for _, l := range second {
		if !known[l.Path] {
			list = append(list, Difference{Path: l.Path, Field: l.Field, Second: l.Text})
		}
	}
	return list
}
