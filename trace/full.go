package trace

// nameWidth limits the column of the values, so that one long name does not move all
// values far to the right.
const nameWidth = 24

// state writes a whole state below its step, a field a line.
func (p *page) state(v Value) {
	indent := p.labelColumn() + len(margin)
	if v.kind.shape() != record {
		p.field(indent, 0, phrase{}, v)
		return
	}
	names := 0
	for _, f := range v.parts {
		if name := plain(f.title()); name.width <= nameWidth {
			names = max(names, name.width)
		}
	}
	for _, f := range v.parts {
		p.field(indent, names+len(margin), plain(f.title()), f.value)
	}
}

// field writes a name, with space to the next column, and a value.
func (p *page) field(indent, column int, name phrase, v Value) {
	p.spaces(indent)
	p.WriteString(p.pen.dim(name.text))
	gap := 0
	if name.text != "" {
		gap = max(column-name.width, 1)
	}
	p.spaces(gap)
	p.wrapped(indent+name.width+gap, v)
	p.WriteByte('\n')
}

// wrapped writes a value from a column on. If it is too long for the line, its
// parts continue below each other.
func (p *page) wrapped(column int, v Value) {
	whole := plain(v.String())
	if column+whole.width <= p.width || len(v.parts) == 0 {
		p.WriteString(whole.text)
		return
	}
	opening, closing := v.brackets()
	p.WriteString(opening)
	p.flow(column+len(opening), 1, phrasesOf(v.words()))
	p.WriteString(closing)
}

func phrasesOf(words []string) []phrase {
	var list []phrase
	for _, w := range words {
		list = append(list, plain(w))
	}
	return list
}
