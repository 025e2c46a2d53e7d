//go:build purego

package system_test

// compiled says that codecs are compiled. The reference that takes their place with the
// build tag purego encodes every state field by field, so that no state is flat.
const compiled = false
