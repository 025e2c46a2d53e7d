package codec

import (
	"errors"
	"reflect"
	"testing"
	"unsafe"
)

type (
	node struct {
		Value int
		Next  *node
	}
	tree   []tree
	graph  map[string]*vertex
	vertex struct{ Out graph }

	list struct{ First *node }

	lease struct {
		Nodes []struct {
			Timeout float64
		}
	}
	deepLease struct {
		Index map[string]map[int8][]struct {
			Next *struct{ Done chan int }
		}
	}
	keyed struct {
		Seen map[struct{ ID [2]*int }]bool
	}
	memoKey struct {
		Seen map[struct {
			ID   int
			memo int `muster:"-"`
		}]bool
	}
	misspelt struct {
		Log []int `muster:"unorderd"`
	}
	emptyTag struct {
		Log []int `muster:""`
	}
	misplaced struct {
		Inner struct {
			Log [3]int `muster:"unordered"`
		}
	}
	embedsFunc struct {
		lease
	}
)

// Every reason to refuse a type, with the error in full.
func TestRefusals(t *testing.T) {
	for _, c := range []struct {
		typ  reflect.Type
		path string
		want string
	}{
		{reflect.TypeFor[lease](), "Nodes[].Timeout", "state type codec.lease: field Nodes[].Timeout: float64 cannot be part of a state: NaN differs from itself and -0 equals 0: use an integer"},
		{reflect.TypeFor[embedsFunc](), "lease.Nodes[].Timeout", "state type codec.embedsFunc: field lease.Nodes[].Timeout: float64 cannot be part of a state: NaN differs from itself and -0 equals 0: use an integer"},
		{reflect.TypeFor[float32](), "", "state type float32: float32 cannot be part of a state: NaN differs from itself and -0 equals 0: use an integer"},
		{reflect.TypeFor[complex64](), "", "state type complex64: complex64 cannot be part of a state: NaN differs from itself and -0 equals 0: use integers"},
		{reflect.TypeFor[[]complex128](), "[]", "state type []complex128: field []: complex128 cannot be part of a state: NaN differs from itself and -0 equals 0: use integers"},
		{reflect.TypeFor[*func(int)](), "*", "state type *func(int): field *: func(int) cannot be part of a state: functions cannot be compared: use an integer that says which one"},
		{reflect.TypeFor[deepLease](), "Index[value][value][].Next.*.Done", "state type codec.deepLease: field Index[value][value][].Next.*.Done: chan int cannot be part of a state: what a channel holds cannot be seen: use a slice"},
		{reflect.TypeFor[map[any]int](), "[key]", "state type map[interface {}]int: field [key]: interface {} cannot be part of a state: it can hold a value of any type: use a concrete type"},
		{reflect.TypeFor[[2]error](), "[]", "state type [2]error: field []: error cannot be part of a state: it can hold a value of any type: use a concrete type"},
		{reflect.TypeFor[unsafe.Pointer](), "", "state type unsafe.Pointer: unsafe.Pointer cannot be part of a state: what it points to has no type: use a pointer that has one"},
		{reflect.TypeFor[node](), "Next.*", "state type codec.node: field Next.*: codec.node contains itself: keep the values in a slice, and indices into it instead of pointers"},
		{reflect.TypeFor[list](), "First.*.Next.*", "state type codec.list: field First.*.Next.*: codec.node contains itself: keep the values in a slice, and indices into it instead of pointers"},
		{reflect.TypeFor[tree](), "[]", "state type codec.tree: field []: codec.tree contains itself: keep the values in a slice, and indices into it instead of pointers"},
		{reflect.TypeFor[vertex](), "Out[value].*", "state type codec.vertex: field Out[value].*: codec.vertex contains itself: keep the values in a slice, and indices into it instead of pointers"},
		{reflect.TypeFor[keyed](), "Seen[key].ID[]", "state type codec.keyed: field Seen[key].ID[]: *int cannot be part of a map key: keys that point to equal values would be one: use the value itself"},
		{reflect.TypeFor[memoKey](), "Seen[key].memo", "state type codec.memoKey: field Seen[key].memo: a map key cannot ignore a field: keys that differ in nothing else would be one"},
		{reflect.TypeFor[misspelt](), "Log", `state type codec.misspelt: field Log: the tag muster:"unorderd" is unknown: there are "-", "unordered" and "by=TYPE"`},
		{reflect.TypeFor[emptyTag](), "Log", `state type codec.emptyTag: field Log: the tag muster:"" is unknown: there are "-", "unordered" and "by=TYPE"`},
		{reflect.TypeFor[misplaced](), "Inner.Log", `state type codec.misplaced: field Inner.Log: the tag muster:"unordered" is for slices, and [3]int is none`},
	} {
		t.Run(c.typ.String(), func(t *testing.T) {
			_, err := shapeOf(c.typ)
			var refused *RefusedError
			switch {
			case !errors.As(err, &refused):
				t.Fatalf("error %v", err)
			case err.Error() != c.want:
				t.Errorf("\ngot  %v\nwant %v", err, c.want)
			case refused.Path != c.path || refused.State != c.typ:
				t.Errorf("path %q of %v, want %q of %v", refused.Path, refused.State, c.path, c.typ)
			}
		})
	}
}

// For returns the refusal and no codec.
func TestForRefuses(t *testing.T) {
	c, err := For[lease]()
	if c != nil || err == nil {
		t.Errorf("got %v, %v", c, err)
	}
}

// A type may be used many times without containing itself.
func TestUsedTwiceIsNotRecursive(t *testing.T) {
	type pair struct{ A, B *padded }
	type pairs struct {
		All  []pair
		By   map[uint8]pair
		More *[]pair
	}
	must[pairs](t)
}
