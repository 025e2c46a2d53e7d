package codec

//lint:file-ignore U1000 types stand for states here; their fields are read by reflection

import "reflect"

// The fixtures are types that reflect.StructOf cannot make, types that the codec
// once got wrong, and types that exercise its special cases.

type (
	phase  uint8
	nodeID string

	padded struct {
		A uint8
		B uint32
		C uint8
		D uint64
		E uint16
	}

	hidden struct {
		a int8
		b string
		c []padded
		d map[nodeID]phase
	}

	base struct {
		Term  uint16
		votes []bool
	}

	embedding struct {
		base
		*padded
		phase
		Last int8
	}

	ignoring struct {
		A       uint8
		scratch [3]int16 `muster:"-"`
		B       uint8
		Log     []any  `muster:"-"`
		Do      func() `muster:"-"`
		C       []struct {
			X    uint8
			memo *int `muster:"-"`
		}
		D map[uint8]struct {
			Y    uint8
			memo int `muster:"-"`
		}
	}

	set[E comparable] struct {
		items []E `muster:"unordered"`
	}

	sets struct {
		A set[uint8]
		B set[uint16]
		C set[[3]uint8]
		D set[uint32]
		E set[int64]
		F set[[12]uint8]
		G set[string]
		H set[padded]
		I set[struct{}]
		J set[bool]
		K set[[5]bool]
	}

	bagOfAll struct {
		A []hidden     `muster:"unordered"`
		B [][]uint8    `muster:"unordered"`
		C []*uint8     `muster:"unordered"`
		D []set[uint8] `muster:"unordered"`
		E map[nodeID]set[string]
		F []map[uint8]set[nodeID] `muster:"unordered"`
	}

	nothings struct {
		A struct{}
		B [3]struct{}
		C []struct{}
		D [0]string
		E [][0]int
		F *struct{}
		G map[struct{}]uint8
		H map[uint8]struct{}
		I [][]struct{}
		J []struct {
			X int `muster:"-"`
		}
		K [70]struct{}
	}

	blanks struct {
		_ [0]func()
		A uint8
		_ uint16
		B uint8
		_ *int
		C []struct {
			A uint8
			_ uint32
			B uint8
			_ string
		}
		_ [2]uint64
		D [3]struct{ _ uint8 }
	}

	// The memory after the first five bytes is too short for a wide move.
	narrow struct {
		A [5]uint8
		B uint16
	}

	bools struct {
		A [4][8]bool
		B [3]struct {
			X [2]bool
			Y uint8
		}
		C [70]struct {
			X bool
			Y []bool
		}
		D []struct {
			X uint8
			Y bool
		}
	}

	deep struct {
		A ***uint8
		B [][][]padded
		C map[uint8]map[uint8]map[uint8]string
		D [2][2][2]struct {
			X uint8
			Y []string
		}
		E *[3]*hidden
		F [70]struct {
			A uint8
			B []uint8
			C map[uint8]uint8
		}
	}

	// Strings and slices that are costly to encode, so that a part that is as it was is not.
	named struct {
		A, B nodeID
		C, D set[nodeID]
		E    []padded
		F    uint32
		G    bool
		H    []uint8
		I    nodeID
	}

	aliases struct {
		A, B, C []uint16
		D, E    []hidden
		F, G    map[uint8][]uint8
		H, I    *padded
		J, K    []string
		L, M    set[uint16]
	}

	wide struct {
		A [33]uint8
		B uint8
		C [40]uint64
		D [100]padded
		E [65]string
		F map[[2]uint8][20]uint64
		G map[[20]uint64]uint8
	}
)

var fixtures = []reflect.Type{
	reflect.TypeFor[phase](), reflect.TypeFor[nodeID](), reflect.TypeFor[[]nodeID](), reflect.TypeFor[map[nodeID]phase](),
	reflect.TypeFor[*padded](), reflect.TypeFor[[3]padded](), reflect.TypeFor[struct{}](), reflect.TypeFor[[0]string](),
	reflect.TypeFor[padded](), reflect.TypeFor[narrow](), reflect.TypeFor[hidden](), reflect.TypeFor[embedding](), reflect.TypeFor[ignoring](),
	reflect.TypeFor[sets](), reflect.TypeFor[bagOfAll](), reflect.TypeFor[nothings](), reflect.TypeFor[blanks](),
	reflect.TypeFor[bools](), reflect.TypeFor[named](), reflect.TypeFor[deep](), reflect.TypeFor[aliases](), reflect.TypeFor[wide](),
	reflect.TypeFor[plainState](), reflect.TypeFor[paddedState](), reflect.TypeFor[flatState](),
	reflect.TypeFor[slicesState](), reflect.TypeFor[bagState](), reflect.TypeFor[richState](),
}
