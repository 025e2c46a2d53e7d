package system

// ModelError is a system that cannot be checked.
type ModelError struct{ Problem string }

func (e *ModelError) Error() string { return e.Problem }
