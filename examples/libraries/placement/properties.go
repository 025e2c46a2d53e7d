package placement

func heardAll(s *State) bool {
	for r := range s.Inboxes {
		if s.Inboxes[r].Len() > 0 {
			return false
		}
	}
	return true
}

// agree: routers that have heard the same send each key to the same server.
func (k *check) agree(s *State) bool {
	return k.rings.View(s.Routers[0]).Places == k.rings.View(s.Routers[1]).Places
}

// ringFits: it does not matter by which changes a ring has come to its weights.
func (k *check) ringFits(s *State) bool {
	for _, r := range s.Routers {
		if v := k.rings.View(r); v.Places != v.Fresh {
			return false
		}
	}
	return true
}

// fewMove: where the weight of one server grows, keys move to that server only, and where it
// shrinks, they move away from that server only.
func (k *check) fewMove(before, after *State) bool {
	for r := range before.Routers {
		was, is := k.rings.View(before.Routers[r]), k.rings.View(after.Routers[r])
		for key := range was.Places {
			from, to := was.Places[key], is.Places[key]
			if from != to && was.weight(to) >= is.weight(to) && was.weight(from) <= is.weight(from) {
				return false
			}
		}
	}
	return true
}

// weight is the weight of a server, by the letter of its name.
func (v *View) weight(server byte) uint8 { return v.Weights[server-'a'] }
