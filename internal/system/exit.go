package system

import "fmt"

// Exit is the end of a goroutine by the model's code. Work that several goroutines share
// panics with it where one of them was ended, and [Attend] recovers.
type Exit struct{ Site string } // such as ", at lease.go:17", or nothing if that is not known

// NewExit describes the end of this goroutine. A deferred function calls it: while deferred
// functions run, the stack still has the code that has called runtime.Goexit.
func NewExit() *Exit { return &Exit{panicSite()} }

// Problem is what to say of it.
func (e *Exit) Problem() string {
	return fmt.Sprintf("the model's code ended its goroutine%s: runtime.Goexit does that, and FailNow and Fatal of a test; let the code return, or panic", e.Site)
}
