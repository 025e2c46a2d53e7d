package visited

// grow makes the table larger. The states stay where they are.
func (p *exactPartition) grow() {
	larger := growth(p.buckets, 0)
	if larger*bucketSlots <= uint64(cap(p.slots)) {
		p.spread(larger)
		return
	}
	next := newExactPartition(larger, p.arena, p.nursery)
	for _, entry := range p.slots {
		if entry != 0 {
			next.move(entry)
		}
	}
	next.count, next.full = p.count, p.full
	p.memory.release()
	*p = next
}

// spread makes it larger where it is, as a compact partition's spread does. What
// would overflow from the last bucket to the first has to wait too: what is there
// has not been taken out yet.
func (p *exactPartition) spread(buckets uint64) {
	before := len(p.slots)
	p.buckets, p.limit, p.slots = buckets, limitOf(buckets), p.slots[:buckets*bucketSlots]
	var later []uint64
	for slot := before - bucketSlots; slot >= 0; slot -= bucketSlots {
		for _, entry := range takeBucket(p.slots[slot:]) {
			if entry == 0 {
				break
			}
			if to := p.home(entry >> placeBits); to < uint64(slot) || !p.put(to, entry) {
				later = append(later, entry)
			}
		}
	}
	for _, entry := range later {
		p.move(entry)
	}
}

// move puts an entry that is not there where it belongs.
func (p *exactPartition) move(entry uint64) {
	if !p.put(p.home(entry>>placeBits), entry) {
		p.put(0, entry)
	}
}

// put puts an entry into the first free slot from here to the end, if there is one.
func (p *exactPartition) put(slot, entry uint64) bool {
	for ; slot < uint64(len(p.slots)); slot += bucketSlots {
		if b := p.bucket(slot); b[bucketSlots-1] == 0 {
			b[used(b)%bucketSlots] = entry
			return true
		}
	}
	return false
}
