package bench

import "github.com/muster-mc/muster/model"

// Store: a table from keys to versions, and clients that read one entry and write it
// if its version is still the same.
const (
	storeKeys     = 5
	storeVersions = 3
	storeClients  = 2
)

type storeClient struct{ Key, Version uint8 } // of what it has read; version 0: nothing

type store struct {
	Data    map[uint8]uint8
	Clients [storeClients]storeClient
}

func naturalStore() *model.Model[store] {
	return &model.Model[store]{
		Name: "store", AllowDeadlock: true,
		Actions: []model.Action[store]{
			{Name: "Create", Do: func(s *store, c *model.Choice) bool {
				key := uint8(c.Int("key", storeKeys))
				if _, ok := s.Data[key]; ok {
					return false
				}
				s.Data[key] = 1
				return true
			}},
			{Name: "Read", Do: func(s *store, c *model.Choice) bool {
				client, key := &s.Clients[c.Int("client", storeClients)], uint8(c.Int("key", storeKeys))
				version, ok := s.Data[key]
				if !ok || client.Version != 0 {
					return false
				}
				*client = storeClient{key, version}
				return true
			}},
			{Name: "Write", Do: func(s *store, c *model.Choice) bool {
				client := &s.Clients[c.Int("client", storeClients)]
				if client.Version == 0 {
					return false
				}
				if s.Data[client.Key] == client.Version && client.Version < storeVersions {
					s.Data[client.Key]++
				}
				*client = storeClient{}
				return true
			}},
			{Name: "Delete", Do: func(s *store, c *model.Choice) bool {
				key := uint8(c.Int("key", storeKeys))
				if _, ok := s.Data[key]; !ok {
					return false
				}
				delete(s.Data, key)
				return true
			}},
		},
		Properties: []model.Property[store]{
			model.Always("VersionsFit", func(s *store) bool { return s.Data[0] <= storeVersions }),
		},
	}
}

type flatStoreState struct {
	Data    [storeKeys]uint8
	Clients [storeClients]storeClient
}

func flatStore() *model.Model[flatStoreState] {
	return &model.Model[flatStoreState]{
		Name: "store", AllowDeadlock: true,
		Actions: []model.Action[flatStoreState]{
			{Name: "Create", Do: func(s *flatStoreState, c *model.Choice) bool {
				key := c.Int("key", storeKeys)
				if s.Data[key] != 0 {
					return false
				}
				s.Data[key] = 1
				return true
			}},
			{Name: "Read", Do: func(s *flatStoreState, c *model.Choice) bool {
				client, key := &s.Clients[c.Int("client", storeClients)], c.Int("key", storeKeys)
				if s.Data[key] == 0 || client.Version != 0 {
					return false
				}
				*client = storeClient{uint8(key), s.Data[key]}
				return true
			}},
			{Name: "Write", Do: func(s *flatStoreState, c *model.Choice) bool {
				client := &s.Clients[c.Int("client", storeClients)]
				if client.Version == 0 {
					return false
				}
				if s.Data[client.Key] == client.Version && client.Version < storeVersions {
					s.Data[client.Key]++
				}
				*client = storeClient{}
				return true
			}},
			{Name: "Delete", Do: func(s *flatStoreState, c *model.Choice) bool {
				key := c.Int("key", storeKeys)
				if s.Data[key] == 0 {
					return false
				}
				s.Data[key] = 0
				return true
			}},
		},
		Properties: []model.Property[flatStoreState]{
			model.Always("VersionsFit", func(s *flatStoreState) bool { return s.Data[0] <= storeVersions }),
		},
	}
}

// Members: a table of nodes behind pointers, each with its phase, and the
// node that left last.
const (
	memberNodes  = 6
	memberPhases = 3
)

type member struct {
	Phase uint8
	Leads bool
}

type members struct {
	Nodes map[uint8]*member
	Last  *member // the one that left last
}

func naturalMembers() *model.Model[members] {
	return &model.Model[members]{
		Name: "members", AllowDeadlock: true,
		Actions: []model.Action[members]{
			{Name: "Join", Do: func(s *members, c *model.Choice) bool {
				node := uint8(c.Int("node", memberNodes))
				if s.Nodes[node] != nil {
					return false
				}
				s.Nodes[node] = &member{}
				return true
			}},
			{Name: "Advance", Do: func(s *members, c *model.Choice) bool {
				n := s.Nodes[uint8(c.Int("node", memberNodes))]
				if n == nil || n.Phase == memberPhases-1 {
					return false
				}
				n.Phase++
				return true
			}},
			{Name: "Lead", Do: func(s *members, c *model.Choice) bool {
				n := s.Nodes[uint8(c.Int("node", memberNodes))]
				if n == nil || n.Phase != memberPhases-1 {
					return false
				}
				n.Leads = !n.Leads
				return true
			}},
			{Name: "Leave", Do: func(s *members, c *model.Choice) bool {
				node := uint8(c.Int("node", memberNodes))
				n := s.Nodes[node]
				if n == nil {
					return false
				}
				s.Last = n
				delete(s.Nodes, node)
				return true
			}},
		},
		Properties: []model.Property[members]{
			model.Always("ReadyLeads", func(s *members) bool { return s.Last == nil || !s.Last.Leads || s.Last.Phase == memberPhases-1 }),
		},
	}
}

type flatMember struct {
	In bool
	member
}

type flatMembersState struct {
	Nodes [memberNodes]flatMember
	Last  flatMember
}

func flatMembers() *model.Model[flatMembersState] {
	return &model.Model[flatMembersState]{
		Name: "members", AllowDeadlock: true,
		Actions: []model.Action[flatMembersState]{
			{Name: "Join", Do: func(s *flatMembersState, c *model.Choice) bool {
				n := &s.Nodes[c.Int("node", memberNodes)]
				if n.In {
					return false
				}
				n.In = true
				return true
			}},
			{Name: "Advance", Do: func(s *flatMembersState, c *model.Choice) bool {
				n := &s.Nodes[c.Int("node", memberNodes)]
				if !n.In || n.Phase == memberPhases-1 {
					return false
				}
				n.Phase++
				return true
			}},
			{Name: "Lead", Do: func(s *flatMembersState, c *model.Choice) bool {
				n := &s.Nodes[c.Int("node", memberNodes)]
				if !n.In || n.Phase != memberPhases-1 {
					return false
				}
				n.Leads = !n.Leads
				return true
			}},
			{Name: "Leave", Do: func(s *flatMembersState, c *model.Choice) bool {
				n := &s.Nodes[c.Int("node", memberNodes)]
				if !n.In {
					return false
				}
				s.Last, *n = *n, flatMember{}
				return true
			}},
		},
		Properties: []model.Property[flatMembersState]{
			model.Always("ReadyLeads", func(s *flatMembersState) bool { return !s.Last.Leads || s.Last.Phase == memberPhases-1 }),
		},
	}
}
