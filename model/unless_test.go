package model_test

import (
	"math/bits"
	"slices"
	"testing"

	"github.com/muster-mc/muster/model"
	"pgregory.net/rapid"
)

// refusing is an action that asks for a member of a set, refuses some, panics at others, and asks
// one more question.
type refusing struct{ set, refused, panics uint16 }

func (r refusing) do(c *model.Choice, tell bool) (taken bool) {
	member := 0
	if set := func() uint16 { return r.set }; tell {
		member = model.MemberUnless(c, "member", set, func(i int) bool {
			if r.panics>>i&1 == 1 {
				panic("a member that makes the action panic")
			}
			return r.refused>>i&1 == 1
		})
	} else {
		member = model.MemberFunc(c, "member", set)
	}
	if r.set == 0 {
		return false
	}
	if r.panics>>member&1 == 1 {
		panic("a member that makes the action panic")
	}
	if r.refused>>member&1 == 1 {
		return false
	}
	return c.Int("then", 2) < 2
}

// outcome is the answers of an attempt that takes a step or panics.
type outcome struct {
	answers  [2]int
	panicked bool
}

// outcomes tries the action in every way up to the first panic, and counts the attempts.
func (r refusing) outcomes(o *model.Odometer, tell bool) (list []outcome, attempts int) {
	o.Reset()
	for more := true; more; more = o.Next() {
		attempts++
		taken, panicked := r.attempt(o, tell)
		if !panicked && (!taken || o.Void()) {
			continue
		}
		var to outcome
		to.panicked = panicked
		copy(to.answers[:], o.Answers(nil))
		if list = append(list, to); panicked {
			break
		}
	}
	return list, attempts
}

func (r refusing) attempt(o *model.Odometer, tell bool) (taken, panicked bool) {
	defer func() { panicked = recover() != nil }()
	return r.do(o.Choice(), tell), false
}

// A search that leaves out what the action would refuse takes the same steps, by the same answers, and
// panics at the same place. It makes no attempt that is refused, unless a panic follows.
func TestMemberUnlessTakesTheSameSteps(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := rapid.Uint16Range(0, 1<<8-1)
		r := refusing{draw.Draw(t, "set"), draw.Draw(t, "refused"), 0}
		if rapid.Bool().Draw(t, "panics") {
			r.panics = 1 << rapid.IntRange(0, 7).Draw(t, "at")
		}
		r.refused &^= r.panics
		var plain, told model.Odometer
		want, _ := r.outcomes(&plain, false)
		got, attempts := r.outcomes(&told, true)
		if !slices.Equal(got, want) {
			t.Fatalf("%+v: got %v, want %v", r, got, want)
		}
		if offered := bits.OnesCount16(r.set &^ r.refused); r.set&r.panics == 0 && attempts != max(1, 2*offered) {
			t.Fatalf("%+v: %d attempts, and %d members are offered", r, attempts, offered)
		}
		for _, o := range got { // the answers lead there again
			var again model.Odometer
			again.Record(o.answers[:])
			if _, panicked := r.attempt(&again, true); panicked != o.panicked {
				t.Fatalf("%+v: the answers %v panic: %v", r, o.answers, panicked)
			}
			if told, plain := again.Arguments(), o.answers[0]; told[0].Value != nth(r.set, plain) {
				t.Fatalf("%+v: the answer %d is %v", r, plain, told[0].Value)
			}
		}
	})
}

// nth returns a member of a set by its place.
func nth(set uint16, place int) int {
	for range place {
		set &= set - 1
	}
	return bits.TrailingZeros16(set)
}

// If all members are refused, the action is not tried with a number that is no member.
func TestMemberUnlessOfNone(t *testing.T) {
	r := refusing{set: 0b10, refused: 0b10, panics: 0b01}
	var o model.Odometer
	if list, attempts := r.outcomes(&o, true); len(list) != 0 || attempts != 1 {
		t.Errorf("%v in %d attempts; want nothing in one", list, attempts)
	}
}

// Where refusals are explained, every member is tried.
func TestMemberUnlessIsExplained(t *testing.T) {
	r := refusing{set: 0b1110, refused: 0b0110}
	var o model.Odometer
	var guards model.Guards
	o.WatchAll(&guards)
	if list, attempts := r.outcomes(&o, true); len(list) != 2 || attempts != 4 {
		t.Errorf("%d steps in %d attempts; want 2 in 4", len(list), attempts)
	}
	o.WatchAll(nil)
	o.Reset()
	o.Remember()
	tried := 0
	for more := true; more; more = o.Next() {
		tried++
		r.attempt(&o, true)
	}
	if tried != 4 {
		t.Errorf("%d attempts whose arguments are remembered; want 4", tried)
	}
}
