package mctest

import "testing"

// FailureOf returns the text with which a test of this name fails.
func FailureOf(name string, test func(t testing.TB)) string { return recordAs(name, test).failed }
