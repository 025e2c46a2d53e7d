// Package lease is the record that a registry keeps of an actor: which node may
// run it, and until when.
package lease

import (
	"fmt"

	"github.com/muster-mc/muster/models/internal/node"
)

// Lease is one such record. Its zero value is that nobody has the actor.
type Lease struct {
	Holder node.ID
	Expiry uint8 // the tick at which it ends
}

// Valid reports whether somebody holds the lease, by whoever's clock this is.
func (l Lease) Valid(now uint8) bool { return l.Holder != node.Nobody && now < l.Expiry }

// HeldBy reports whether this node holds the lease, by whoever's clock this is.
func (l Lease) HeldBy(n node.ID, now uint8) bool { return l.Holder == n && l.Valid(now) }

func (l Lease) String() string {
	if l.Holder == node.Nobody {
		return "nobody's"
	}
	return fmt.Sprintf("%v's until tick %d", l.Holder, l.Expiry)
}
