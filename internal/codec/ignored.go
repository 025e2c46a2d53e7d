package codec

// HasIgnored reports whether a part of the state type is ignored: such fields are
// not in the encoding, and an action may leave anything in them.
func (c *Untyped) HasIgnored() bool { return c.shape.hasIgnored() }

func (s *shape) hasIgnored() bool {
	if s == nil {
		return false
	}
	for _, f := range s.fields {
		if !f.blank && (f.shape == nil || f.shape.hasIgnored()) {
			return true
		}
	}
	return s.elem.hasIgnored() || s.key.hasIgnored()
}
