//go:build !purego

package system_test

// compiled says that codecs are compiled, and that some states are their own encoding.
const compiled = true
