package trace

import (
	"cmp"
	"reflect"
)

// compare orders the elements of sets and the keys of maps by their values, not by their
// texts: 9 before 10, Prepared before Aborted.
func compare(a, b reflect.Value) int {
	switch {
	case a.CanInt():
		return cmp.Compare(a.Int(), b.Int())
	case a.CanUint():
		return cmp.Compare(a.Uint(), b.Uint())
	}
	switch a.Kind() {
	case reflect.String:
		return cmp.Compare(a.String(), b.String())
	case reflect.Struct:
		return compareParts(a.NumField(), a.Field, b.NumField(), b.Field)
	case reflect.Array, reflect.Slice:
		return compareParts(a.Len(), a.Index, b.Len(), b.Index)
	}
	return cmp.Compare(read(a).String(), read(b).String())
}

// compareParts compares lexicographically.
func compareParts(n int, a func(int) reflect.Value, m int, b func(int) reflect.Value) int {
	for i := range min(n, m) {
		if c := compare(a(i), b(i)); c != 0 {
			return c
		}
	}
	return cmp.Compare(n, m)
}
