package deep_test

import (
	"bytes"
	"errors"
	"io"
	"net/netip"
	"reflect"
	"strings"
	"testing"
	"time"
	"unique"

	"github.com/muster-mc/muster/internal/deep"
)

func firstLocal() any {
	type local struct{ n int }
	return local{1}
}

func secondLocal() any {
	type local struct{ n int }
	return local{1}
}

// Two zones can have one name.
func TestZonesOfOneName(t *testing.T) {
	here := func(seconds int) any {
		return &tree{when: time.Unix(1, 0).In(time.FixedZone("", seconds))}
	}
	if bytes.Equal(encode(t, deep.Rules{}, here(3600)), encode(t, deep.Rules{}, here(7200))) {
		t.Error("two zones have one encoding")
	}
	if !bytes.Equal(encode(t, deep.Rules{}, here(60)), encode(t, deep.Rules{}, here(60))) {
		t.Error("equal zones have two encodings")
	}
}

// A copy has the same pointers where programs compare pointers.
func TestCopyKeepsWhatIsCompared(t *testing.T) {
	type kept struct {
		address netip.Addr
		handle  unique.Handle[string]
		err     error
		wrapped error
		when    time.Time
	}
	x := &kept{netip.MustParseAddr("10.0.0.1"), unique.Make("a"), io.EOF, errors.Join(io.EOF), time.Unix(0, 0).UTC()}
	copied, err := deep.New(deep.Rules{}).Copy(x)
	if err != nil {
		t.Fatal(err)
	}
	y := copied.(*kept)
	if y.address != x.address || !y.address.Is4() || y.handle != x.handle || y.err != io.EOF || !errors.Is(y.wrapped, io.EOF) || y.when != x.when {
		t.Errorf("%+v is not %+v", y, x)
	}
}

type link struct{ next *link }

// What cannot be encoded, or only without end, is refused and no failure.
func TestRefusalsOfRulesAndShapes(t *testing.T) {
	var chain *link
	for range 300_000 {
		chain = &link{chain}
	}
	yield := func(f func(int) bool) *tree {
		x := &tree{}
		func(each func(func(int) bool)) { each(f) }(func(body func(int) bool) { x.any = body })
		return x
	}
	var body *tree
	for range func(each func(int) bool) { body = yield(each) } {
		t.Fatal("the loop has no values")
	}
	types := &tree{children: []*tree{{any: firstLocal()}, {any: secondLocal()}}}
	of := func(f func(any) any) deep.Rules {
		return deep.Rules{Forms: []deep.Form{{Type: reflect.TypeFor[ring](), Of: f}}}
	}
	window := func(buffer, start, count string) deep.Rules {
		return deep.Rules{Rings: []deep.Ring{{Type: "ring", Buffer: buffer, Start: start, Count: count}}}
	}
	for _, test := range []struct {
		name  string
		value any
		rules deep.Rules
		want  string
	}{
		{"a long chain", chain, deep.Rules{}, "a chain of too many references"},
		{"two local types", types, deep.Rules{}, "another type has this name too"},
		{"a bound method by reflection", &tree{any: reflect.ValueOf(t).MethodByName("Name").Interface()}, deep.Rules{}, "any is the function reflect.methodValueCall"},
		{"a made function", &tree{any: reflect.MakeFunc(reflect.TypeFor[func()](), nil).Interface()}, deep.Rules{}, "any is the function reflect.makeFuncStub"},
		{"the body of a loop", body, deep.Rules{}, "any is the function "},
		{"a form that returns its value", &ring{}, of(func(p any) any { return p }), "without end"},
		{"a form that returns its type", &ring{}, of(func(p any) any { return *p.(*ring) }), "without end"},
		{"a ring without a buffer", &ring{}, window("elements", "start", "n"), `"elements"`},
		{"a ring without a start", &ring{}, window("buffer", "buffer", "n"), "must be an integer"},
		{"a ring without a window", &ring{start: -1}, window("buffer", "start", "n"), "it begins at -1"},
	} {
		_, err := deep.New(test.rules).Append(nil, test.value)
		var r *deep.Refusal
		if !errors.As(err, &r) || !strings.Contains(r.Error(), test.want) {
			t.Errorf("%s: got %v, want %q", test.name, err, test.want)
		}
	}
}
