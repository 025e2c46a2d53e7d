package visited

import "math/bits"

// group is candidates that are looked for in a compact set together, so that the
// cache misses overlap.
type group struct {
	searches [batch]search
	left     [batch]uint8 // which candidates are not decided yet, in order
	count    int          // how many those are
	read     uint64       // whatever, so that reading is not left out
}

// search is where a candidate is looked for next.
type search struct {
	in *partition
	place
}

// insert looks through one bucket for each candidate, and then through the next
// one for those whose bucket was full, and so on. Of two candidates that are the
// same, the first is the one that is new: they get equally far.
func (g *group) insert(s *Compact, candidates []Candidate, fresh []uint64) []uint64 {
	for !g.findHomes(s, candidates) {
	}
	news := uint64(0) // a bit for each
	for g.count > 0 {
		g.fetch()
		var crowded *partition
		count := 0
		for _, i := range g.left[:g.count] {
			at := &g.searches[i%batch]
			switch at.in.insert(at.slot, at.entry) {
			case isNew:
				news |= 1 << i
			case isFull:
				g.left[count%batch] = i
				count++
				if !at.goOn() {
					crowded = at.in
				}
			}
		}
		if g.count = count; crowded != nil {
			crowded.grow()
			g.startOver(s, candidates)
		}
	}
	for ; news != 0; news &= news - 1 {
		fresh = append(fresh, candidates[bits.TrailingZeros64(news)].tail>>8)
	}
	return fresh
}

// fetch reads from all buckets before any is looked through. It is a loop by
// itself: a processor looks ahead by so many instructions, and meets more cache
// misses the fewer there are in between.
func (g *group) fetch() {
	read := uint64(0)
	for _, i := range g.left[:g.count] {
		at := &g.searches[i%batch]
		read |= at.in.slots[at.slot]
	}
	g.read = read
}

// findHomes makes all candidates undecided and finds their homes. It reports false
// when a table had to grow: what was found is of no use then.
func (g *group) findHomes(s *Compact, candidates []Candidate) bool {
	for i, c := range candidates {
		part, word, rest := c.key()
		p := &s.parts[part]
		if p.count+batch > p.limit {
			p.grow()
			return false
		}
		g.searches[i%batch] = search{p, p.place(word, rest)}
		g.left[i%batch] = uint8(i)
	}
	g.count = len(candidates)
	return true
}

// startOver finds the homes of the candidates that are left, when a table has grown.
func (g *group) startOver(s *Compact, candidates []Candidate) {
	for _, i := range g.left[:g.count] {
		part, word, rest := candidates[i].key()
		p := &s.parts[part]
		g.searches[i%batch] = search{p, p.place(word, rest)}
	}
}

// goOn steps to the next bucket, if an entry may be that far from home.
func (s *search) goOn() bool {
	if s.entry&s.in.placeMask() == s.in.farOff {
		return false
	}
	s.entry++
	s.slot += bucketSlots
	return true
}
