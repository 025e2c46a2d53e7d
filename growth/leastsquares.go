package growth

import (
	"math"
	"slices"
)

// conditionMax is the condition number beyond which equations count as singular:
// about the inverse of the precision of a float64, with which no digit of the
// solution is certain.
const conditionMax = 1e16

// leastSquares solves linear equations, at least as many as there are unknowns, with the
// least sum of squared errors. Each row is one equation: the
// coefficients of the unknowns, then the right-hand side. It fails if the
// equations are singular, or nearly so. The rows are overwritten.
//
// Householder reflections turn the equations into a triangle, which has the same
// solution (G. H. Golub, C. F. Van Loan: Matrix Computations, 2013, section 5.3).
// Normal equations would be shorter, but they square the condition number: those
// of a cubic through the nine sizes from 50 to 58 are singular. Reflections lose
// the same digits whatever the scale of a column is, so no column is scaled.
func leastSquares(rows [][]float64) (solution []float64, ok bool) {
	unknowns := len(rows[0]) - 1
	for column := range unknowns {
		eliminate(rows[column:], column)
	}
	triangle := rows[:unknowns]
	if !(condition(triangle) <= conditionMax) { // not a number, if the diagonal has a zero
		return nil, false
	}
	var right []float64
	for _, row := range triangle {
		right = append(right, row[unknowns])
	}
	return substitute(triangle, right), true
}

// eliminate reflects the columns from this one on, so that this column is zero
// below the first row. Those zeros are not written down: where they belong stays
// the vector of the reflection, which nothing reads.
func eliminate(rows [][]float64, column int) {
	first, below := rows[0], norm(rows[1:], column)
	if below == 0 {
		return
	}
	head := first[column]
	diagonal := -math.Copysign(math.Hypot(head, below), head) // the other sign would cancel
	first[column] = 1
	for _, row := range rows[1:] {
		row[column] *= 1 / (head - diagonal)
	}
	factor := (diagonal - head) / diagonal
	for c := column + 1; c < len(first); c++ {
		dot := 0.0
		for _, row := range rows {
			dot += row[column] * row[c]
		}
		for _, row := range rows {
			row[c] -= factor * row[column] * dot
		}
	}
	first[column] = diagonal
}

// norm is the Euclidean norm of a column. The squares are relative to the largest
// element so far, so that they do not overflow.
func norm(rows [][]float64, column int) float64 {
	largest, sum := 0.0, 1.0
	for _, row := range rows {
		switch x := math.Abs(row[column]); {
		case x == 0:
		case x > largest:
			sum = 1 + sum*(largest/x)*(largest/x)
			largest = x
		default:
			sum += (x / largest) * (x / largest)
		}
	}
	return largest * math.Sqrt(sum)
}

// condition is the condition number of the upper triangle: its norm times that of
// its inverse. The norm of a matrix is here the largest sum of a row's magnitudes.
func condition(triangle [][]float64) float64 {
	n := len(triangle)
	sums, sumsOfInverse := make([]float64, n), make([]float64, n)
	for column := range n {
		unit := make([]float64, n)
		unit[column] = 1
		for i, x := range substitute(triangle, unit) {
			sumsOfInverse[i] += math.Abs(x)
			if column >= i {
				sums[i] += math.Abs(triangle[i][column])
			}
		}
	}
	return slices.Max(sums) * slices.Max(sumsOfInverse)
}

// substitute solves the equations of an upper triangle from the last one back.
// The right-hand side is overwritten with the solution.
func substitute(triangle [][]float64, right []float64) []float64 {
	for i := len(right) - 1; i >= 0; i-- {
		for j := i + 1; j < len(right); j++ {
			right[i] -= triangle[i][j] * right[j]
		}
		right[i] *= 1 / triangle[i][i]
	}
	return right
}
