package digraph

// Labels are the labels of some edges, in a byte each as long as all are that
// small: most models have few actions, and edges are many.
type Labels struct {
	narrow []uint8
	wide   []uint32 // nil as long as they are narrow
}

// At returns the i-th.
func (l Labels) At(i int) uint32 {
	if l.wide != nil {
		return l.wide[i]
	}
	return uint32(l.narrow[i])
}

// Len returns how many there are.
func (l Labels) Len() int { return max(len(l.narrow), len(l.wide)) }

const narrowMax = 1<<8 - 1

// newLabels has room for so many.
func newLabels(n int, wide bool) Labels {
	if wide {
		return Labels{wide: make([]uint32, 0, n)}
	}
	return Labels{narrow: make([]uint8, 0, n)}
}

func (l *Labels) add(label uint32) {
	if l.wide != nil {
		l.wide = append(l.wide, label)
		return
	}
	l.narrow = append(l.narrow, uint8(label))
}

func (l Labels) slice(from, end uint32) Labels {
	if l.wide != nil {
		return Labels{wide: l.wide[from:end]}
	}
	return Labels{narrow: l.narrow[from:end]}
}

// relabelled returns the labels by which these are to be replaced.
func (l Labels) relabelled(by []uint32) Labels {
	r := newLabels(l.Len(), len(by) > narrowMax+1)
	for i := range l.Len() {
		r.add(by[l.At(i)])
	}
	return r
}

func (l Labels) bytes() uint64 { return uint64(len(l.narrow) + 4*len(l.wide)) }
