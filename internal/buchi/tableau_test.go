package buchi

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// The automaton accepts a word if and only if the formula holds, and the automaton of
// the negation accepts it if and only if the formula does not hold.
func TestAutomatonAgreesWithSemantics(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f, l := drawFormula(t, 3), drawLasso(t)
		want := l.meaning(f)[0]
		for _, negated := range []bool{false, true} {
			b := New()
			a, err := b.Automaton(f.build(b, negated))
			if err != nil {
				return // a formula may be too large
			}
			if got := l.accepts(a); got != (want != negated) {
				t.Fatalf("negated %v: the automaton accepts %v; the formula is %v", negated, got, want)
			}
		}
	})
}

// AcceptsConstant and the semantics agree.
func TestAcceptsConstant(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := New()
		a, err := b.Automaton(drawFormula(t, 3).build(b, false))
		if err != nil {
			return
		}
		letter := rapid.Uint64Range(0, 1<<atoms-1).Draw(t, "letter")
		for i, got := range a.AcceptsConstant(letter) {
			from := *a
			from.Initial = []int{i}
			if want := (lasso{letters: []uint64{letter}}).accepts(&from); got != want {
				t.Fatalf("from state %d: got %v, want %v", i, got, want)
			}
		}
	})
}

// The automata of the usual formulas, on words that a reader can check.
func TestUsualFormulas(t *testing.T) {
	b := New()
	p, q := b.Atom(0, false), b.Atom(1, false)
	finally := func(f Formula) Formula { return b.Until(b.True(), f) }
	globally := func(f Formula) Formula { return b.Release(b.False(), f) }
	for _, c := range []struct {
		name string
		f    Formula
		word string // letters, and after | those of the loop
		want bool
	}{
		{"finally p", finally(p), "- - p | -", true},
		{"finally p", finally(p), "- | q", false},
		{"globally p", globally(p), "p | p pq", true},
		{"globally p", globally(p), "p | p q", false},
		{"p recurs", globally(finally(p)), "q | q p", true},
		{"p recurs", globally(finally(p)), "p p | q", false},
		{"p settles", finally(globally(p)), "q q | p pq", true},
		{"p settles", finally(globally(p)), "p | p q", false},
		{"p leads to q", globally(b.Or(b.Atom(0, true), finally(q))), "p | p q", true},
		{"p leads to q", globally(b.Or(b.Atom(0, true), finally(q))), "p q p | -", false},
		{"p until q", b.Until(p, q), "p p q | -", true},
		{"p until q", b.Until(p, q), "| p", false},
		{"q after one step", b.Next(q), "p | q", true},
		{"q after one step", b.Next(q), "q | p", false},
	} {
		a, err := b.Automaton(c.f)
		if err != nil {
			t.Fatal(err)
		}
		if got := parse(c.word).accepts(a); got != c.want {
			t.Errorf("%s of %s: %v", c.name, c.word, got)
		}
	}
}

// parse reads a word. Each letter has the names of its atoms, p and q.
func parse(word string) lasso {
	stem, loop, _ := strings.Cut(word, "|")
	l := lasso{loop: len(strings.Fields(stem))}
	for _, letter := range append(strings.Fields(stem), strings.Fields(loop)...) {
		bits := uint64(0)
		if strings.Contains(letter, "p") {
			bits |= 1
		}
		if strings.Contains(letter, "q") {
			bits |= 2
		}
		l.letters = append(l.letters, bits)
	}
	return l
}

// Formulas that are too large are refused quickly.
func TestTooLarge(t *testing.T) {
	for _, c := range []struct {
		name string
		make func(*Builder) Formula
		want string
	}{
		{"many parts", func(b *Builder) Formula {
			f := b.Atom(0, false)
			for range partsMax {
				f = b.Next(f)
			}
			return f
		}, "it has 257 different parts; at most 256 are supported"},
		{"many states", func(b *Builder) Formula {
			f := b.True()
			for i := range 40 {
				f = b.And(f, b.Until(b.True(), b.Atom(i, false)))
			}
			return f
		}, "its automaton has more than 4096 states"},
	} {
		b := New()
		if _, err := b.Automaton(c.make(b)); err == nil || err.Error() != c.want {
			t.Errorf("%s: got %v; want %q", c.name, err, c.want)
		}
	}
}
