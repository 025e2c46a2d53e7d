package system

// Origin is where a successor came from: the parent's place in the block, the
// action, and which of the parent's successors it is.
type Origin uint64

const (
	// ParentBits limits a block to MaxParents parents.
	//
	// The three parts fill a word. Blocks have few parents, so that work can be shared, and
	// a model has few actions; the ordinal needs the rest, for one state can have very many
	// successors.
	ParentBits  = 10
	MaxParents  = 1 << ParentBits
	actionBits  = 14
	ordinalBits = 64 - ParentBits - actionBits

	// ActionsMax is the most actions that a system may have.
	ActionsMax = 1<<actionBits - 1

	// parentItself stands for the action of a parent among its own successors. No
	// action has this place.
	parentItself = ActionsMax
)

// NewOrigin returns the origin of a successor of the parent with this place.
func NewOrigin(parent, action int, ordinal uint64) Origin {
	return Origin(uint64(parent)<<(actionBits+ordinalBits) | uint64(action)<<ordinalBits | ordinal)
}

// OriginOfParent returns the origin of a parent that is listed among its own
// successors.
func OriginOfParent(parent int) Origin { return NewOrigin(parent, parentItself, 0) }

// Parent is the parent's place in the block.
func (o Origin) Parent() uint64 { return uint64(o >> (actionBits + ordinalBits)) }

// Action is the place of the action among those that are tried.
func (o Origin) Action() int { return int(o >> ordinalBits & ActionsMax) }

// IsParent reports whether this is a parent among its own successors.
func (o Origin) IsParent() bool { return o.Action() == parentItself }

// Ordinal is how many successors the parent has before this one.
func (o Origin) Ordinal() uint64 { return uint64(o & (1<<ordinalBits - 1)) }
