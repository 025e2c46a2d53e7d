package trace

import (
	"math/bits"
	"slices"
	"strconv"
	"strings"
)

// members returns the set behind the text of a String method: an unordered slice, or the
// bits of a number whose text lists them, such as {0 2} for 5.
func (v Value) members() (set Value, ok bool) {
	switch {
	case v.kind != text || v.behind == nil:
		return Value{}, false
	case v.behind.kind == bag:
		return *v.behind, true
	case v.behind.kind != number:
		return Value{}, false
	}
	mask, err := strconv.ParseUint(v.behind.text, 10, 64)
	if err != nil {
		return Value{}, false
	}
	set = setOfBits(mask)
	return set, v.text == "{"+strings.Join(set.words(), " ")+"}"
}

// setOfBits returns the set of the bits of a number.
func setOfBits(mask uint64) Value {
	set := Value{kind: bag, zero: mask == 0}
	for ; mask != 0; mask &= mask - 1 {
		n := bits.TrailingZeros64(mask)
		set.parts = append(set.parts, part{value: Value{kind: number, text: strconv.Itoa(n), zero: n == 0}})
	}
	return set
}

// isSetOf reports whether the text of a String method stands for the set w.
func (v Value) isSetOf(w Value) bool {
	set, ok := v.members()
	return ok && w.kind == bag && set.Equal(w)
}

// texts returns the value with only the texts of String methods.
func (v Value) texts() Value {
	v.behind, v.source = nil, nil
	v.parts = slices.Clone(v.parts)
	for i := range v.parts {
		v.parts[i].value = v.parts[i].value.texts()
	}
	return v
}
