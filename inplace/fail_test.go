package inplace_test

// fail is in a file of its own, so that its line stays the same.
func fail() { panic("three is too much") }
