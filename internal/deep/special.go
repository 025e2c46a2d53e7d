package deep

import (
	"os"
	"reflect"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"time"
)

var (
	mutexType    = reflect.TypeFor[sync.Mutex]()
	rwMutexType  = reflect.TypeFor[sync.RWMutex]()
	condType     = reflect.TypeFor[sync.Cond]()
	syncMapType  = reflect.TypeFor[sync.Map]()
	locationType = reflect.TypeFor[time.Location]()
	goType       = reflect.TypeOf(reflect.TypeFor[int]()).Elem() // what a reflect.Type points to
)

// special returns how to visit a type of the standard library that is not encoded by its
// fields, or nil. Such fields are of two kinds. Some say how the value came to be, and not what
// it is: how a sync.Map was built up, say. The others stand for something outside of the
// memory of the value, which a copy would share: a timer, a file.
func special(t reflect.Type) func(w *walker, v reflect.Value) {
	switch t {
	case mutexType, rwMutexType:
		return (*walker).mutex
	case condType:
		return (*walker).cond
	case syncMapType:
		return (*walker).syncMap
	case locationType:
		return (*walker).location
	case goType:
		return (*walker).goType
	case reflect.TypeFor[sync.Pool]():
		return (*walker).pool
	case reflect.TypeFor[time.Timer](), reflect.TypeFor[time.Ticker]():
		return (*walker).timer
	case reflect.TypeFor[os.File]():
		return (*walker).file
	}
	switch {
	case isAtomicPointer(t):
		return (*walker).atomicPointer
	case t.PkgPath() == "internal/poll" && t.Name() == "FD": // of a network connection
		return (*walker).file
	}
	return nil
}

// isAtomicPointer goes by the name, because atomic.Pointer is another type for each argument.
func isAtomicPointer(t reflect.Type) bool {
	return t.PkgPath() == "sync/atomic" && strings.HasPrefix(t.Name(), "Pointer[")
}

// mutex: one that is free has no memory of the past.
func (w *walker) mutex(v reflect.Value) {
	if !v.IsZero() {
		w.refuse("a mutex that is locked", "the step has returned and left it so, or another goroutine holds it. A step must leave nothing locked")
	}
}

// cond: what a condition variable counts has no meaning while nothing waits.
func (w *walker) cond(v reflect.Value) { w.value(open(v.FieldByName("L"))) }

// pool: the collector empties a pool at any time, so two runs of one step would not be alike.
func (w *walker) pool(v reflect.Value) {
	w.refuse("a sync.Pool", "what it holds depends on the garbage collector. List the field in Ignore"+w.spelled()+", if values from the pool are always overwritten before they are read")
}

// syncMap visits a sync.Map as the plain map with its entries. That map is a new one: no other
// reference has its address.
func (w *walker) syncMap(v reflect.Value) {
	m := map[any]any{}
	v.Addr().Interface().(*sync.Map).Range(func(key, value any) bool {
		m[key] = value
		return true
	})
	w.made = append(w.made, m)
	w.mapping(variable(reflect.ValueOf(m)))
}

// location: the zones of a location are what its name says.
func (w *walker) location(v reflect.Value) {
	name := v.Addr().Interface().(*time.Location).String()
	w.text(name)
	w.tell(func() string { return name })
}

func (w *walker) timer(reflect.Value) {
	w.refuse("a timer", "real time is no part of a step. Make the end of the time an input, and give the code a clock of its own")
}

func (w *walker) file(reflect.Value) {
	w.refuse("a file", "the world outside cannot be put back into an earlier state. Give the code a file system in memory")
}

// goType: what describes a type is memory of the program, with much that is no part of a value.
// Its name and package say which type it is.
func (w *walker) goType(v reflect.Value) {
	t := v.Addr().Interface().(reflect.Type)
	w.text(t.PkgPath())
	w.text(t.String())
	w.tell(t.String)
}

// atomicPointer visits the pointer as one that is not atomic. No step runs while a value is
// encoded, so it can be read as plain memory.
func (w *walker) atomicPointer(v reflect.Value) { w.value(slot(v)) }

// slot is the pointer in an atomic.Pointer as a variable of its type. An atomic.Pointer[T] holds
// an unsafe.Pointer in the field v; its first field, of the type [0]*T, is the only one that
// says what it points to.
func slot(v reflect.Value) reflect.Value {
	at := v.FieldByName("v")
	return reflect.NewAt(v.Type().Field(0).Type.Elem(), at.Addr().UnsafePointer()).Elem()
}

// nameOf is the name of a function's code. Two functions with one name have the same code, but
// for generic ones; if neither has captured anything, no call can tell them apart.
func nameOf(v reflect.Value) string {
	if f := runtime.FuncForPC(v.Pointer()); f != nil {
		return f.Name()
	}
	return "unknown"
}

// inner are the names that the compiler gives to functions inside of others (.func1, and .func1.2
// inside of that one) and to methods that are bound to a receiver (-fm). No name of Go code has
// a middle dot. A function inside of another may have captured nothing, but its
// name does not say so, and it is taken for one that has.
var inner = regexp.MustCompile(`\.func\d+|-fm$|·`)

// isPlain reports whether a name is that of a function of a package, or of a method that
// is not bound to a receiver: such a function has captured nothing.
func isPlain(name string) bool { return !inner.MatchString(name) && name != "unknown" }

// isGeneric reports whether a name is that of a generic function. It stands for the functions
// of all types that the function was made for: F[int] and F[string] are both called F[...].
func isGeneric(name string) bool { return strings.Contains(name, "[...]") }
