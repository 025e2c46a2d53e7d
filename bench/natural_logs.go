package bench

import "github.com/muster-mc/muster/model"

// Logs: a leader appends to its log, followers copy it entry by entry and lose what they
// have not made sure, and what a follower has all of is committed. Replica 0 leads in all
// terms, and begins each one with what was committed.
const (
	logReplicas = 3
	logRoom     = 5
	logTerms    = 3
	logValues   = 3
)

type logEntry struct{ Term, Value uint8 }

type logs struct {
	Logs      [logReplicas][]logEntry
	Acks      model.Set[uint8] // the followers that have the whole log
	Term      uint8
	Committed uint8
}

func naturalLogs() *model.Model[logs] {
	return &model.Model[logs]{
		Name: "logs", AllowDeadlock: true,
		Actions: []model.Action[logs]{
			{Name: "Append", Do: func(s *logs, c *model.Choice) bool {
				value := c.Int("value", logValues)
				if len(s.Logs[0]) == logRoom {
					return false
				}
				s.Logs[0] = append(s.Logs[0], logEntry{s.Term, uint8(value)})
				s.Acks.Clear()
				return true
			}},
			{Name: "Copy", Do: func(s *logs, c *model.Choice) bool {
				to := 1 + c.Int("to", logReplicas-1)
				leader, l := s.Logs[0], &s.Logs[to]
				if len(*l) == len(leader) {
					return false
				}
				*l = append(*l, leader[len(*l)])
				if len(*l) == len(leader) {
					s.Acks.Add(uint8(to))
				}
				return true
			}},
			{Name: "Lose", Do: func(s *logs, c *model.Choice) bool {
				at := 1 + c.Int("at", logReplicas-1)
				l := &s.Logs[at]
				if len(*l) <= int(s.Committed) {
					return false
				}
				*l = (*l)[:len(*l)-1]
				s.Acks.Remove(uint8(at))
				return true
			}},
			{Name: "Commit", Do: func(s *logs, _ *model.Choice) bool {
				if s.Acks.Len() == 0 || int(s.Committed) == len(s.Logs[0]) {
					return false
				}
				s.Committed = uint8(len(s.Logs[0]))
				return true
			}},
			{Name: "Elect", Do: func(s *logs, _ *model.Choice) bool {
				if s.Term == logTerms-1 {
					return false
				}
				s.Term++
				for i, l := range s.Logs {
					s.Logs[i] = l[:min(len(l), int(s.Committed))]
				}
				s.Acks.Clear()
				return true
			}},
		},
		Properties: []model.Property[logs]{
			model.Always("FollowersHaveAPrefix", func(s *logs) bool {
				for _, l := range s.Logs[1:] {
					for i, e := range l {
						if e != s.Logs[0][i] {
							return false
						}
					}
				}
				return true
			}),
		},
	}
}

type flatLog struct {
	Len     uint8
	Entries [logRoom]logEntry // those behind Len are zero
}

func (l *flatLog) add(e logEntry) {
	l.Entries[l.Len] = e
	l.Len++
}

func (l *flatLog) cut(n uint8) {
	for l.Len > n {
		l.Len--
		l.Entries[l.Len] = logEntry{}
	}
}

type flatLogsState struct {
	Logs            [logReplicas]flatLog
	Acks            uint8
	Term, Committed uint8
}

func flatLogs() *model.Model[flatLogsState] {
	return &model.Model[flatLogsState]{
		Name: "logs", AllowDeadlock: true,
		Actions: []model.Action[flatLogsState]{
			{Name: "Append", Do: func(s *flatLogsState, c *model.Choice) bool {
				value := c.Int("value", logValues)
				if s.Logs[0].Len == logRoom {
					return false
				}
				s.Logs[0].add(logEntry{s.Term, uint8(value)})
				s.Acks = 0
				return true
			}},
			{Name: "Copy", Do: func(s *flatLogsState, c *model.Choice) bool {
				to := 1 + c.Int("to", logReplicas-1)
				leader, l := &s.Logs[0], &s.Logs[to]
				if l.Len == leader.Len {
					return false
				}
				l.add(leader.Entries[l.Len])
				if l.Len == leader.Len {
					s.Acks |= 1 << to
				}
				return true
			}},
			{Name: "Lose", Do: func(s *flatLogsState, c *model.Choice) bool {
				at := 1 + c.Int("at", logReplicas-1)
				l := &s.Logs[at]
				if l.Len <= s.Committed {
					return false
				}
				l.cut(l.Len - 1)
				s.Acks &^= 1 << at
				return true
			}},
			{Name: "Commit", Do: func(s *flatLogsState, _ *model.Choice) bool {
				if s.Acks == 0 || s.Committed == s.Logs[0].Len {
					return false
				}
				s.Committed = s.Logs[0].Len
				return true
			}},
			{Name: "Elect", Do: func(s *flatLogsState, _ *model.Choice) bool {
				if s.Term == logTerms-1 {
					return false
				}
				s.Term++
				for i := range s.Logs {
					s.Logs[i].cut(s.Committed)
				}
				s.Acks = 0
				return true
			}},
		},
		Properties: []model.Property[flatLogsState]{
			model.Always("FollowersHaveAPrefix", func(s *flatLogsState) bool {
				for i := range s.Logs[1:] {
					l := &s.Logs[1+i]
					for j := range l.Len {
						if l.Entries[j] != s.Logs[0].Entries[j] {
							return false
						}
					}
				}
				return true
			}),
		},
	}
}
