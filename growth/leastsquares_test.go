package growth

import (
	"math"
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// precision is the distance from 1 to the next float64.
const precision = 0x1p-52

func TestLeastSquaresOfClosedForm(t *testing.T) {
	for _, c := range []struct {
		name string
		rows [][]float64
		want []float64
	}{
		{"one unknown is the weighted mean", [][]float64{{1, 5}, {2, 4}, {2, 3}}, []float64{19. / 9}},
		{"a line through three points", [][]float64{{1, 0, 6}, {1, 1, 0}, {1, 2, 0}}, []float64{5, -3}},
		{"as many equations as unknowns", [][]float64{{2, 1, 5}, {1, -3, -1}}, []float64{2, 1}},
		{"a column of zeros below its first", [][]float64{{3, 1, 7}, {0, 2, 2}, {0, 1, 1}}, []float64{2, 1}},
		// Läuchli's equations: in their normal equations 1 + 1e-18 is 1.
		{"columns that are nearly the same", [][]float64{{1, 1, 2}, {1e-9, 0, 1e-9}, {0, 1e-9, 1e-9}}, []float64{1, 1}},
		{"very large numbers", [][]float64{{3e200, 3e200}, {4e200, 4e200}}, []float64{1}},
	} {
		t.Run(c.name, func(t *testing.T) {
			tolerance := 100 * precision * conditionOf(c.rows)
			got, ok := leastSquares(c.rows)
			if !ok || farthest(got, c.want) > tolerance {
				t.Errorf("got %v, %v; want %v within %g", got, ok, c.want, tolerance)
			}
		})
	}
}

// Equations that do not determine the unknowns have no solution.
func TestLeastSquaresOfSingularEquations(t *testing.T) {
	for name, rows := range map[string][][]float64{
		"a column of zeros":       {{1, 0, 1}, {2, 0, 2}, {3, 0, 3}},
		"a column twice another":  {{1, 2, 1}, {2, 4, 2}, {4, 8, 3}},
		"a column almost another": {{1, 1, 1}, {1, 1 + precision/8, 2}, {0, 1e-17, 1}},
		"one equation repeated":   {{1, 2, 3}, {1, 2, 3}, {1, 2, 3}},
	} {
		if got, ok := leastSquares(rows); ok {
			t.Errorf("%s: got %v, want none", name, got)
		}
	}
}

// The slow twin solves the normal equations in rational numbers, where they lose
// nothing.
func TestLeastSquaresAgreesWithRationalNumbers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := drawEquations(t)
		condition := conditionOf(rows)
		want, determined := exactly(rows)
		got, ok := leastSquares(rows)
		if ok && !determined && condition < conditionMax/100 {
			t.Fatalf("got %v of equations that are singular", got)
		}
		if !determined || condition > 1e7 { // beyond, the error is left to the test below
			return
		}
		if tolerance := 1000 * precision * condition * condition; !ok || farthest(got, want) > tolerance {
			t.Fatalf("got %v, %v; want %v within %g", got, ok, want, tolerance)
		}
	})
}

// drawEquations are of small numbers, and in some the last unknown is nearly a
// multiple of the first.
func drawEquations(t *rapid.T) [][]float64 {
	unknowns := rapid.IntRange(1, 6).Draw(t, "unknowns")
	equations := rapid.IntRange(unknowns, unknowns+6).Draw(t, "equations")
	number := rapid.Map(rapid.IntRange(-9, 9), func(n int) float64 { return float64(n) })
	nearness := rapid.SampledFrom([]float64{1, 1e-2, 1e-4}).Draw(t, "nearness")
	var rows [][]float64
	for range equations {
		row := rapid.SliceOfN(number, unknowns+1, unknowns+1).Draw(t, "row")
		if last := unknowns - 1; nearness < 1 && last > 0 {
			row[last] = 3*row[0] + nearness*row[last]
		}
		rows = append(rows, row)
	}
	return rows
}

// If there is a solution without errors, a cubic is found again however far out
// the sizes are, and loses no more digits than the condition number says. The
// normal equations lose all.
func TestLeastSquaresOfLargeSizes(t *testing.T) {
	want := []float64{7, 5, 3, 2}
	cubic := familiesOfOne(0)[5]
	for _, first := range []float64{1, 5, 10, 20, 50, 100} {
		var samples []sample
		for i := range 9 {
			x := first + float64(i)
			samples = append(samples, sample{[]float64{x}, 7 + x*(5+x*(3+x*2))})
		}
		rows, _ := cubic.equations(samples)
		tolerance := 10 * precision * conditionOf(rows)
		if _, ok := leastSquares(normal(rows)); ok != (first < 50) {
			t.Errorf("sizes from %g: the normal equations have a solution: %v", first, ok)
		}
		if got, ok := leastSquares(rows); !ok || farthest(got, want) > tolerance {
			t.Errorf("sizes from %g: got %v, %v; want %v within %g", first, got, ok, want, tolerance)
		}
	}
}

// A unit in which an unknown is measured makes no difference, to the last bit if
// it is a power of two.
func TestLeastSquaresOfScaledUnknowns(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := drawEquations(t)
		unit := math.Ldexp(1, rapid.IntRange(-8, 8).Draw(t, "exponent"))
		scaled := clone(rows)
		for _, row := range scaled {
			row[0] *= unit
		}
		if !(max(conditionOf(rows), conditionOf(scaled)) <= conditionMax) {
			return // the unit may decide whether equations are singular
		}
		want, _ := leastSquares(rows)
		got, _ := leastSquares(scaled)
		if got[0] *= unit; farthest(got, want) > 0 {
			t.Fatalf("in units of %g: got %v, want %v", unit, got, want)
		}
	})
}

// farthest is the largest distance between two solutions, relative to the largest
// number in the wanted one.
func farthest(got, want []float64) float64 {
	distance, size := 0.0, 1.0
	for i := range want {
		distance, size = max(distance, math.Abs(got[i]-want[i])), max(size, math.Abs(want[i]))
	}
	return distance / size
}

func conditionOf(rows [][]float64) float64 {
	rows = clone(rows)
	unknowns := len(rows[0]) - 1
	for column := range unknowns {
		eliminate(rows[column:], column)
	}
	return condition(rows[:unknowns])
}

func clone(rows [][]float64) [][]float64 {
	var copies [][]float64
	for _, row := range rows {
		copies = append(copies, slices.Clone(row))
	}
	return copies
}

// normal is the normal equations: of each column, its products with all columns.
func normal(rows [][]float64) [][]float64 {
	var products [][]float64
	for i := range len(rows[0]) - 1 {
		sums := make([]float64, len(rows[0]))
		for _, row := range rows {
			for j := range sums {
				sums[j] += row[i] * row[j]
			}
		}
		products = append(products, sums)
	}
	return products
}

// exactly solves the normal equations in rational numbers; false if they are
// singular.
func exactly(rows [][]float64) ([]float64, bool) {
	a := rationalNormal(rows)
	for i := range a {
		pivot := i
		for pivot < len(a) && a[pivot][i].Sign() == 0 {
			pivot++
		}
		if pivot == len(a) {
			return nil, false
		}
		a[i], a[pivot] = a[pivot], a[i]
		for r := range a {
			if r != i {
				subtract(a[r], new(big.Rat).Quo(a[r][i], a[i][i]), a[i])
			}
		}
	}
	var solution []float64
	for i, row := range a {
		x, _ := new(big.Rat).Quo(row[len(a)], row[i]).Float64()
		solution = append(solution, x)
	}
	return solution, true
}

func rationalNormal(rows [][]float64) [][]*big.Rat {
	products := make([][]*big.Rat, len(rows[0])-1)
	for i := range products {
		for j := range rows[0] {
			sum := new(big.Rat)
			for _, row := range rows {
				x, y := new(big.Rat).SetFloat64(row[i]), new(big.Rat).SetFloat64(row[j])
				sum.Add(sum, x.Mul(x, y))
			}
			products[i] = append(products[i], sum)
		}
	}
	return products
}

// subtract takes the multiple of another row away from a row.
func subtract(row []*big.Rat, factor *big.Rat, other []*big.Rat) {
	for j := range row {
		row[j].Sub(row[j], new(big.Rat).Mul(factor, other[j]))
	}
}
