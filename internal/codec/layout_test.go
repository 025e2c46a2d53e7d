package codec

//lint:file-ignore U1000 types stand for states here; their fields are read by reflection

import (
	"slices"
	"strings"
	"testing"
)

type layoutNode struct {
	Phase uint8
	_     uint32
	Peers map[int16]string
}

type layoutState struct {
	Holder  int8
	nodes   [3]layoutNode
	Scratch []int        `muster:"-"`
	Net     []layoutNode `muster:"unordered"`
	Next    *[]bool
}

func layoutOf[S any](t *testing.T) []string {
	t.Helper()
	c, err := For[S]()
	if err != nil {
		t.Fatal(err)
	}
	return c.Untyped.Layout()
}

func TestLayoutNamesEveryPart(t *testing.T) {
	want := `Holder int8
nodes array of 3
nodes[].Phase uint8
nodes[].Peers map
nodes[].Peers[key] int16
nodes[].Peers[value] string
Net unordered slice
Net[].Phase uint8
Net[].Peers map
Net[].Peers[key] int16
Net[].Peers[value] string
Next pointer
Next.* slice
Next.*[] bool`
	if got := strings.Join(layoutOf[layoutState](t), "\n"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got := layoutOf[uint16](t); !slices.Equal(got, []string{"state uint16"}) {
		t.Errorf("got %q", got)
	}
}

// A change of the type changes the layout if and only if it changes the encoding.
func TestLayoutTellsTypesApart(t *testing.T) {
	type number uint8
	base := layoutOf[struct{ A, B uint8 }](t)
	if same := layoutOf[struct{ A, B number }](t); !slices.Equal(base, same) {
		t.Errorf("the name of a type is in the layout: %q", same)
	}
	for name, other := range map[string][]string{
		"order": layoutOf[struct{ B, A uint8 }](t),
		"width": layoutOf[struct{ A, B uint16 }](t),
		"sign":  layoutOf[struct{ A, B int8 }](t),
		"more":  layoutOf[struct{ A, B, C uint8 }](t),
		"array": layoutOf[struct{ A [2]uint8 }](t),
		"ignored": layoutOf[struct {
			A uint8
			B uint8 `muster:"-"`
		}](t),
	} {
		if slices.Equal(base, other) {
			t.Errorf("%s: the layouts are the same", name)
		}
	}
}
