package bench

import "github.com/muster-mc/muster/model"

// Mail: nodes that send each other requests and answers over a network that may hold
// equal messages, and lose them.
const (
	mailNodes = 4
	mailRoom  = 4
)

type letter struct {
	To, From uint8
	IsAnswer bool
}

type mail struct {
	Waits   [mailNodes]bool
	Network model.Bag[letter]
}

func naturalMail() *model.Model[mail] {
	return &model.Model[mail]{
		Name: "mail", AllowDeadlock: true,
		Actions: []model.Action[mail]{
			{Name: "Ask", Do: func(s *mail, c *model.Choice) bool {
				from, to := c.Int("from", mailNodes), c.Int("to", mailNodes)
				if from == to || s.Network.Len() == mailRoom {
					return false
				}
				s.Waits[from] = true
				s.Network.Add(letter{To: uint8(to), From: uint8(from)})
				return true
			}},
			{Name: "Answer", Do: func(s *mail, c *model.Choice) bool {
				m := model.Pick(c, "message", s.Network.Items())
				if m.IsAnswer || !s.Network.Remove(m) {
					return false
				}
				s.Network.Add(letter{To: m.From, From: m.To, IsAnswer: true})
				return true
			}},
			{Name: "Hear", Do: func(s *mail, c *model.Choice) bool {
				m := model.Pick(c, "message", s.Network.Items())
				if !m.IsAnswer || !s.Network.Remove(m) {
					return false
				}
				s.Waits[m.To] = false
				return true
			}},
			{Name: "Lose", Do: func(s *mail, c *model.Choice) bool {
				return s.Network.Remove(model.Pick(c, "message", s.Network.Items()))
			}},
		},
		Properties: []model.Property[mail]{
			model.Always("NetworkFits", func(s *mail) bool { return s.Network.Len() <= mailRoom }),
		},
	}
}

type flatMailState struct {
	Waits   [mailNodes]bool
	Len     uint8
	Network [mailRoom]letter // the first Len, in order
}

func (m letter) less(n letter) bool {
	if m.To != n.To {
		return m.To < n.To
	}
	if m.From != n.From {
		return m.From < n.From
	}
	return !m.IsAnswer && n.IsAnswer
}

func (s *flatMailState) add(m letter) {
	i := s.Len
	for ; i > 0 && m.less(s.Network[i-1]); i-- {
		s.Network[i] = s.Network[i-1]
	}
	s.Network[i] = m
	s.Len++
}

func (s *flatMailState) remove(i int) {
	copy(s.Network[i:], s.Network[i+1:])
	s.Network[mailRoom-1] = letter{}
	s.Len--
}

func flatMail() *model.Model[flatMailState] {
	return &model.Model[flatMailState]{
		Name: "mail", AllowDeadlock: true,
		Actions: []model.Action[flatMailState]{
			{Name: "Ask", Do: func(s *flatMailState, c *model.Choice) bool {
				from, to := c.Int("from", mailNodes), c.Int("to", mailNodes)
				if from == to || s.Len == mailRoom {
					return false
				}
				s.Waits[from] = true
				s.add(letter{To: uint8(to), From: uint8(from)})
				return true
			}},
			{Name: "Answer", Do: func(s *flatMailState, c *model.Choice) bool {
				i := c.Int("message", int(s.Len))
				if i >= int(s.Len) || s.Network[i].IsAnswer {
					return false
				}
				m := s.Network[i]
				s.remove(i)
				s.add(letter{To: m.From, From: m.To, IsAnswer: true})
				return true
			}},
			{Name: "Hear", Do: func(s *flatMailState, c *model.Choice) bool {
				i := c.Int("message", int(s.Len))
				if i >= int(s.Len) || !s.Network[i].IsAnswer {
					return false
				}
				s.Waits[s.Network[i].To] = false
				s.remove(i)
				return true
			}},
			{Name: "Lose", Do: func(s *flatMailState, c *model.Choice) bool {
				i := c.Int("message", int(s.Len))
				if i >= int(s.Len) {
					return false
				}
				s.remove(i)
				return true
			}},
		},
		Properties: []model.Property[flatMailState]{
			model.Always("NetworkFits", func(s *flatMailState) bool { return s.Len <= mailRoom }),
		},
	}
}
