package codec

import "reflect"

// same reports whether two states are equal by the documentation of the package.
// It uses none of the package's code.
func same(a, b reflect.Value, unordered bool) bool {
	switch a.Kind() {
	case reflect.Bool:
		return a.Bool() == b.Bool()
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return a.Int() == b.Int()
	case reflect.String:
		return a.String() == b.String()
	case reflect.Array, reflect.Slice:
		if unordered {
			return sameBag(a, b)
		}
		return a.Len() == b.Len() && all(a.Len(), func(i int) bool { return same(a.Index(i), b.Index(i), false) })
	case reflect.Map:
		return sameMap(a, b)
	case reflect.Pointer:
		if a.IsNil() || b.IsNil() {
			return a.IsNil() && b.IsNil()
		}
		return same(a.Elem(), b.Elem(), false)
	case reflect.Struct:
		return all(a.NumField(), func(i int) bool {
			f := a.Type().Field(i)
			tag := f.Tag.Get("muster")
			return f.Name == "_" || tag == "-" || same(a.Field(i), b.Field(i), tag == "unordered")
		})
	default:
		return a.Uint() == b.Uint()
	}
}

// sameBag pairs off the elements of two slices.
func sameBag(a, b reflect.Value) bool {
	if a.Len() != b.Len() {
		return false
	}
	taken := make([]bool, b.Len())
	return all(a.Len(), func(i int) bool {
		for j := range taken {
			if !taken[j] && same(a.Index(i), b.Index(j), false) {
				taken[j] = true
				return true
			}
		}
		return false
	})
}

func sameMap(a, b reflect.Value) bool {
	keys := a.MapKeys()
	return a.Len() == b.Len() && all(len(keys), func(i int) bool {
		value := b.MapIndex(keys[i])
		return value.IsValid() && same(a.MapIndex(keys[i]), value, false)
	})
}

func all(n int, holds func(i int) bool) bool {
	for i := range n {
		if !holds(i) {
			return false
		}
	}
	return true
}

// clean reports whether all ignored fields are zero, and no slice or map is nil,
// as documented for a state that was decoded or copied.
func clean(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Array:
		return all(v.Len(), func(i int) bool { return clean(v.Index(i)) })
	case reflect.Slice:
		return !v.IsNil() && all(v.Len(), func(i int) bool { return clean(v.Index(i)) })
	case reflect.Map:
		keys := v.MapKeys()
		return !v.IsNil() && all(len(keys), func(i int) bool { return clean(v.MapIndex(keys[i])) })
	case reflect.Pointer:
		return v.IsNil() || clean(v.Elem())
	case reflect.Struct:
		return all(v.NumField(), func(i int) bool {
			f := v.Type().Field(i)
			if f.Tag.Get("muster") == "-" {
				return v.Field(i).IsZero()
			}
			return f.Name == "_" || clean(v.Field(i))
		})
	default:
		return true
	}
}
