package codec

import (
	"reflect"
	"strings"
	"testing"
)

type pieced struct {
	Term  uint8 `t:"x"`
	inner [2]struct {
		Name string
		Log  []int8
	}
	Whole struct{ A, B int16 } `t:"y"`
	Gap   struct {
		Small int8
		Large int64
	}
	Skipped int `muster:"-"`
	_       bool
	Last    bool
}

func piecesOf(t *testing.T) []Piece[pieced] {
	t.Helper()
	list, err := Pieces[pieced](func(f reflect.StructField) bool { return f.Name == "inner" })
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestPieces(t *testing.T) {
	var got []string
	for _, p := range piecesOf(t) {
		got = append(got, p.Path+" "+p.Type.String()+" "+p.Tag.Get("t"))
	}
	want := "Term uint8 x|inner[0].Name string |inner[0].Log []int8 |inner[1].Name string |inner[1].Log []int8 |" +
		"Whole struct { A int16; B int16 } y|Gap struct { Small int8; Large int64 } |Last bool "
	if strings.Join(got, "|") != want {
		t.Errorf("got %s", strings.Join(got, "|"))
	}
	if _, err := Pieces[int](nil); err == nil || err.Error() != "int is no struct" {
		t.Errorf("of a number: %v", err)
	}
}

// Each piece is cleared, copied and compared without the others.
func TestPiecesAlone(t *testing.T) {
	full := func() pieced {
		var v pieced
		v.Term, v.Last, v.Skipped, v.Whole.B = 3, true, 9, 5
		v.Gap.Small, v.Gap.Large = 1, 2
		for i := range v.inner {
			v.inner[i].Name, v.inner[i].Log = "n", []int8{7}
		}
		return v
	}
	list := piecesOf(t)
	for i, p := range list {
		cleared, copied, from := full(), pieced{}, full()
		p.Clear(&cleared)
		p.Copy(&copied, &from)
		for j, q := range list {
			if isZero := reflect.ValueOf(q.Pointer(&cleared)).Elem().IsZero(); isZero != (i == j) {
				t.Errorf("%s is zero after %s was cleared: %v", q.Path, p.Path, isZero)
			}
			if isZero := reflect.ValueOf(q.Pointer(&copied)).Elem().IsZero(); isZero == (i == j) {
				t.Errorf("%s is zero after %s was copied: %v", q.Path, p.Path, isZero)
			}
			if q.Type.Comparable() && q.Same(&cleared, &from) == (i == j) {
				t.Errorf("%s is the same after %s was cleared: %v", q.Path, p.Path, i == j)
			}
		}
		if p.IsValue() != (p.Type.Kind() != reflect.Slice) {
			t.Errorf("%s is a value: %v", p.Path, p.IsValue())
		}
	}
}
