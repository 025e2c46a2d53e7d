package crash

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/muster-mc/muster/internal/codec"
)

const (
	tag        = "crash"
	tagDurable = "durable"
	tagLost    = "lost"
)

var logType = reflect.TypeFor[Log]()

// disksOf takes a type of processes apart. It panics if it cannot.
func disksOf[P any]() *disks[P] {
	d := &disks[P]{}
	for _, piece := range pieces[P]() {
		switch piece.Tag.Get(tag) {
		case tagDurable:
			d.durable, d.names = append(d.durable, piece), append(d.names, piece.Path)
			if reflect.PointerTo(piece.Type).Implements(logType) {
				d.logs = append(d.logs, piece)
			}
		case tagLost, "":
			d.lost = append(d.lost, piece)
		default:
			panic(fmt.Sprintf("crash: %v.%s has the tag crash:%q: there are durable and lost", reflect.TypeFor[P](), piece.Path, piece.Tag.Get(tag)))
		}
	}
	if len(d.durable) > 64 {
		panic(fmt.Sprintf("crash: %v has %d durable fields; the most are 64", reflect.TypeFor[P](), len(d.durable)))
	}
	if len(d.durable) == 0 {
		panic(fmt.Sprintf(`crash: no field of %v has the tag crash:"durable": a process that loses everything needs no disk, only an assignment`, reflect.TypeFor[P]()))
	}
	return d
}

// pieces takes a type apart into the fields that tags decide on, and those without a tag.
func pieces[P any]() []codec.Piece[P] {
	list, err := codec.Pieces[P](func(f reflect.StructField) bool {
		_, decided := f.Tag.Lookup(tag)
		return !decided && hasTags(f.Type)
	})
	if err != nil {
		panic("crash: " + err.Error() + ": the fields of a process say what is durable")
	}
	return list
}

// hasTags reports whether a field somewhere in a type is decided by a tag.
func hasTags(t reflect.Type) bool {
	for t.Kind() == reflect.Array {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct {
		return false
	}
	for f := range t.Fields() {
		if _, decided := f.Tag.Lookup(tag); decided || hasTags(f.Type) {
			return true
		}
	}
	return false
}

// mustBeValues panics if a durable field cannot be compared with and restored to what it was.
func (d *disks[P]) mustBeValues() {
	for i := range d.durable {
		if f := &d.durable[i]; !f.IsValue() || !f.Type.Comparable() {
			panic(fmt.Sprintf("crash: %v.%s is a %v, which shares memory with its copies, so a partial write cannot be taken back: use an array, or a container with an array", reflect.TypeFor[P](), f.Path, f.Type))
		}
	}
}

// Undecided returns the paths of the fields of a type of processes on which no tag decides.
func Undecided[P any]() []string {
	var paths []string
	for _, piece := range pieces[P]() {
		if _, decided := piece.Tag.Lookup(tag); !decided {
			paths = append(paths, piece.Path)
		}
	}
	return paths
}

// Tester is the part of testing.TB that [Decided] needs.
type Tester interface {
	Helper()
	Errorf(format string, args ...any)
}

// Decided fails a test if there is a field of a type of processes on which no tag decides.
func Decided[P any](t Tester) {
	t.Helper()
	if paths := Undecided[P](); len(paths) > 0 {
		t.Errorf(`does a crash lose them? %v: no tag crash:"durable" or crash:"lost" for %s`, reflect.TypeFor[P](), strings.Join(paths, ", "))
	}
}

// HasTags reports whether any tag decides on a field of a type of processes. A type without
// tags loses everything.
func HasTags[P any]() bool { return hasTags(reflect.TypeFor[P]()) }
