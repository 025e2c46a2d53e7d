package deep_test

import (
	"bytes"
	"container/list"
	"errors"
	"math"
	"os"
	"reflect"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/muster-mc/muster/internal/deep"
)

// tree has parts of every kind.
type tree struct {
	name     string
	children []*tree
	parent   *tree
	index    map[string]*tree
	any      any
	window   []int
	other    []int
	data     []byte
	at       *int
	count    int
	atom     atomic.Pointer[tree]
	shared   sync.Map
	mu       sync.Mutex
	when     time.Time
	f        func(string) int
	ratio    float64
}

func encode(t *testing.T, r deep.Rules, p any) []byte {
	t.Helper()
	b, err := deep.New(r).Append(nil, p)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// Two values have one encoding if and only if nothing can tell them apart.
func TestIdentity(t *testing.T) {
	five := func() *tree { n := 5; return &tree{at: &n} }
	array := func() []int { return []int{1, 2, 3, 4} }
	zone := time.FixedZone("here", 3600)
	for _, test := range []struct {
		name  string
		a, b  func() any
		equal bool
		rules deep.Rules
	}{
		{name: "pointers to equal values", a: func() any { return five() }, b: func() any { return five() }, equal: true},
		{name: "nil and empty slice", a: func() any { return &tree{} }, b: func() any { return &tree{window: []int{}} }},
		{name: "nil is empty", rules: deep.Rules{NilIsEmpty: true}, equal: true,
			a: func() any { return &tree{index: map[string]*tree{}} }, b: func() any { return &tree{window: []int{}} }},
		{name: "spare capacity", a: func() any { return &tree{window: array()[:2]} }, b: func() any { return &tree{window: array()[:2:2]} }, equal: true},
		{name: "one alias and two equal values", a: func() any { x := five(); return &tree{children: []*tree{x, x}} },
			b: func() any { return &tree{children: []*tree{five(), five()}} }},
		{name: "aliases alike", equal: true, a: func() any { x := five(); return &tree{children: []*tree{x, x}} },
			b: func() any { x := five(); return &tree{children: []*tree{x, x}} }},
		{name: "constant memory", equal: true, rules: deep.Rules{Constant: []string{"tree.children"}},
			a: func() any { x := five(); return &tree{children: []*tree{x, x}} },
			b: func() any { x := five(); return &tree{children: []*tree{x, {at: x.at}}} }},
		{name: "windows of one array", a: func() any { x := array(); return &tree{window: x[:3], other: x[1:3]} },
			b: func() any { return &tree{window: array()[:3], other: array()[1:3]} }},
		{name: "a pointer into the value", a: func() any { x := &tree{count: 5}; x.at = &x.count; return x },
			b: func() any { x := five(); x.count = 5; return x }},
		{name: "cycles alike", equal: true, a: func() any { x := &tree{}; x.parent = x; return x }, b: func() any { x := &tree{}; x.parent = x; return x }},
		{name: "a cycle and its unfolding", a: func() any { x := &tree{}; x.parent = x; return x }, b: func() any { x := &tree{}; x.parent = &tree{parent: x}; return x }},
		{name: "order of a map", equal: true, a: func() any { return mapped("a", "b", "c", "d", "e") }, b: func() any { return mapped("e", "d", "c", "b", "a") }},
		{name: "types in interfaces", a: func() any { return &tree{any: int32(1)} }, b: func() any { return &tree{any: int64(1)} }},
		{name: "values in interfaces", equal: true, a: func() any { return &tree{any: tree{count: 1}} }, b: func() any { return &tree{any: tree{count: 1}} }},
		{name: "texts that run together", a: func() any { return &[2]string{"a", "bc"} }, b: func() any { return &[2]string{"ab", "c"} }},
		{name: "atomic pointers", a: func() any { x := &tree{}; x.atom.Store(five()); return x }, b: func() any { x := &tree{}; x.atom.Store(&tree{}); return x }},
		{name: "sync.Map", equal: true, a: func() any { x := &tree{}; x.shared.Store("a", 1); return x },
			b: func() any {
				x := &tree{}
				x.shared.Store("b", 1)
				x.shared.Store("a", 1)
				x.shared.Delete("b")
				return x
			}},
		{name: "a mutex that was used", equal: true, a: func() any { x := &tree{}; x.mu.Lock(); x.count = 0; x.mu.Unlock(); return x }, b: func() any { return &tree{} }},
		{name: "one instant in two zones", a: func() any { return &tree{when: time.Unix(1, 0).UTC()} }, b: func() any { return &tree{when: time.Unix(1, 0).In(zone)} }},
		{name: "functions by name", equal: true, a: func() any { return &tree{f: atoi} }, b: func() any { return &tree{f: atoi} }},
		{name: "two functions", a: func() any { return &tree{f: atoi} }, b: func() any { return &tree{f: length} }},
		{name: "zeros of two signs", a: func() any { return &tree{ratio: 0} }, b: func() any { return &tree{ratio: math.Copysign(0, -1)} }},
		{name: "ignored field", equal: true, rules: deep.Rules{Ignore: []string{"deep_test.tree.count"}},
			a: func() any { return &tree{count: 1} }, b: func() any { return &tree{count: 2} }},
		{name: "ring", equal: true, rules: deep.Rules{Rings: []deep.Ring{{Type: "ring", Buffer: "buffer", Start: "start", Count: "n"}}},
			a: func() any { return &ring{buffer: []int{1, 2, 9, 9}, start: 0, n: 2} }, b: func() any { return &ring{buffer: []int{2, 8, 8, 1}, start: 3, n: 2} }},
		{name: "form", equal: true, rules: deep.Rules{Forms: []deep.Form{{Type: reflect.TypeFor[ring](), Of: func(p any) any { return p.(*ring).n }}}},
			a: func() any { return &ring{n: 2, start: 1} }, b: func() any { return &ring{n: 2} }},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := bytes.Equal(encode(t, test.rules, test.a()), encode(t, test.rules, test.b())); got != test.equal {
				t.Errorf("equal: %v, want %v", got, test.equal)
			}
			c := deep.New(test.rules)
			first, err := c.Leaves(test.a())
			if err != nil {
				t.Fatal(err)
			}
			second, err := c.Leaves(test.b())
			if err != nil {
				t.Fatal(err)
			}
			if d := deep.Differences(first, second); test.equal && len(d) > 0 {
				t.Errorf("equal values differ: %+v", d)
			}
		})
	}
}

type ring struct {
	buffer   []int
	start, n int
}

func atoi(s string) int { return len(s) + 1 }

func length(s string) int { return len(s) }

// generic is another function for each type, of one type and with one name.
func generic[T any](s string) int { return len(s) + int(reflect.TypeFor[T]().Size()) }

func mapped(keys ...string) *tree {
	m := map[string]*tree{}
	for _, k := range keys {
		m[k] = &tree{name: k}
	}
	return &tree{index: m}
}

// A copy is equal, and a write to it is not seen in the original.
func TestCopy(t *testing.T) {
	n := 7
	x := &tree{name: "x", window: []int{1, 2}, data: []byte("ab"), at: &n, f: atoi, any: map[string][]int{"a": {1}}, when: time.Unix(5, 0)}
	x.parent, x.children = x, []*tree{{name: "y", parent: x}, nil}
	x.index = map[string]*tree{"y": x.children[0]}
	x.atom.Store(x.children[0])
	key := &tree{name: "key"}
	x.shared.Store("k", &n)
	x.shared.Store(key, 1)
	c := deep.New(deep.Rules{})
	before := encode(t, deep.Rules{}, x)
	copied, err := c.Copy(x)
	if err != nil {
		t.Fatal(err)
	}
	y := copied.(*tree)
	if !bytes.Equal(before, encode(t, deep.Rules{}, y)) {
		t.Fatal("the copy differs")
	}
	y.window[0], y.data[0], *y.at, y.children[0].name = 9, 'z', 9, "z"
	y.any.(map[string][]int)["a"][0] = 9
	y.index["z"] = y
	y.shared.Store("l", 1)
	y.shared.Range(func(key, _ any) bool {
		if k, ok := key.(*tree); ok {
			k.name = "z"
		}
		return true
	})
	if !bytes.Equal(before, encode(t, deep.Rules{}, x)) {
		t.Error("a write to the copy has changed the original")
	}
}

// A list of the standard library is a cycle with pointers from every element to the list.
func TestCopyOfAList(t *testing.T) {
	l := list.New()
	l.PushBack(1)
	l.PushFront("a")
	copied, err := deep.New(deep.Rules{}).Copy(l)
	if err != nil {
		t.Fatal(err)
	}
	if got := copied.(*list.List); got.Len() != 2 || got.Front().Value != "a" || got.Back().Value != 1 || got.Front().Prev() != nil {
		t.Errorf("got a list of %d", got.Len())
	}
}

// What has a life of its own is refused, with its path.
func TestRefusals(t *testing.T) {
	locked := &tree{}
	locked.mu.Lock()
	n := 1
	var raw struct{ inner struct{ p any } }
	raw.inner.p = reflect.ValueOf(&n).UnsafePointer()
	alike := map[*int]int{new(int): 1, new(int): 1}
	for _, test := range []struct {
		value   any
		path    string
		problem string
	}{
		{&tree{children: []*tree{{any: make(chan int)}}}, "children[0].any", "a channel"},
		{&tree{index: map[string]*tree{"k": {f: func(s string) int { return n }}}}, `index["k"].f`, "the function "},
		{&raw, "inner.p", "an unsafe pointer"},
		{&tree{f: generic[int8]}, "f", "the function "},
		{locked, "mu", "a mutex that is locked"},
		{&tree{any: time.NewTimer(time.Hour)}, "any", "a timer"},
		{&tree{any: os.Stdout}, "any", "a file"},
		{&tree{any: &sync.Pool{}}, "any", "a sync.Pool"},
		{&alike, "", "a map with two keys that look alike"},
	} {
		_, err := deep.New(deep.Rules{}).Append(nil, test.value)
		var r *deep.Refusal
		if !errors.As(err, &r) {
			t.Errorf("%s: got %v, want a refusal", test.path, err)
			continue
		}
		if r.Path != test.path || !strings.HasPrefix(r.Problem, test.problem) {
			t.Errorf("got %s: %s, want %s: %s", r.Path, r.Problem, test.path, test.problem)
		}
	}
}

// Differences name the path and both values.
func TestDifferences(t *testing.T) {
	c := deep.New(deep.Rules{})
	leaves := func(x *tree) []deep.Leaf {
		list, err := c.Leaves(x)
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	got := deep.Differences(leaves(&tree{children: []*tree{{count: 1}}, when: time.Unix(1, 0).UTC()}), leaves(&tree{children: []*tree{{count: 2}}, when: time.Unix(2, 0).UTC()}))
	want := []deep.Difference{
		{Path: "children[0].count", Field: "tree.count", First: "1", Second: "2"},
		{Path: "when.ext", Field: "tree.when", First: "62135596801", Second: "62135596802"},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

// Equal values have no differences, also where keys of a map have one text.
func TestNoDifferences(t *testing.T) {
	c := deep.New(deep.Rules{})
	leaves := func(first, second int) []deep.Leaf {
		list, err := c.Leaves(&map[*int]int{new(int): first, new(int): second})
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	if d := deep.Differences(leaves(1, 2), leaves(2, 1)); len(d) > 0 {
		t.Errorf("equal maps differ: %+v", d)
	}
	if d := deep.Differences(leaves(1, 2), leaves(1, 3)); len(d) != 1 || d[0].First != "2" || d[0].Second != "3" {
		t.Errorf("got %+v, want one difference, 2 and 3", d)
	}
}

// What is made for a walk has memory of its own until the walk ends, whatever the garbage
// collector does. Two values in the same memory would be taken for one.
func TestMadeValuesStay(t *testing.T) {
	type number struct{ n int }
	type maps struct {
		forms  [50]number
		shared [50]sync.Map
	}
	x := &maps{}
	for i := range x.forms {
		x.forms[i].n = i
		x.shared[i].Store("n", i)
	}
	c := deep.New(deep.Rules{Forms: []deep.Form{{Type: reflect.TypeFor[number](), Of: func(p any) any {
		runtime.GC()
		return &[2]int{p.(*number).n, 1}
	}}}})
	list, err := c.Leaves(x)
	if err != nil {
		t.Fatal(err)
	}
	if want := 3 * len(x.forms); len(list) != want {
		t.Errorf("there are %d leaves, want %d", len(list), want)
	}
	for _, l := range list {
		if strings.Contains(l.Text, "the same as") {
			t.Errorf("%s is %s", l.Path, l.Text)
		}
	}
}

// Maps whose keys are pointers have an order if the keys, or the values, differ.
func TestPointerKeys(t *testing.T) {
	made := func() *map[*string]int {
		a, b := "a", "b"
		return &map[*string]int{&a: 1, &b: 2}
	}
	values := func() *map[*int]int { return &map[*int]int{new(int): 1, new(int): 2} }
	if !bytes.Equal(encode(t, deep.Rules{}, made()), encode(t, deep.Rules{}, made())) || !bytes.Equal(encode(t, deep.Rules{}, values()), encode(t, deep.Rules{}, values())) {
		t.Error("equal maps differ")
	}
}

// A key that is a pointer is told by what it points to, and what it points to can be
// referred to from elsewhere.
func TestLeavesOfPointerKeys(t *testing.T) {
	type ring struct {
		owners map[*[2]int]string
		sorted []*[2]int
	}
	a, b := &[2]int{1, 2}, &[2]int{3, 4}
	got, err := deep.New(deep.Rules{}).Leaves(&ring{map[*[2]int]string{a: "x", b: "y"}, []*[2]int{b, a}})
	if err != nil {
		t.Fatal(err)
	}
	want := []deep.Leaf{
		{Path: "owners[{1 2}]", Field: "ring.owners", Text: `"x"`},
		{Path: "owners[{3 4}]", Field: "ring.owners", Text: `"y"`},
		{Path: "sorted[0]", Field: "ring.sorted", Text: "the same as owners[{3 4}]"},
		{Path: "sorted[1]", Field: "ring.sorted", Text: "the same as owners[{1 2}]"},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}
