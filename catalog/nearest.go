package catalog

import "path"

// nearest is the known name that takes the fewest edits to reach, with or
// without its group; or "" when none is near: a third of the letters may be
// wrong, and of the shortest names one.
func nearest(got string, known []string) string {
	best, fewest := "", max(1, len(got)/3)+1
	for _, name := range known {
		if d := min(distance(got, name), distance(got, path.Base(name))); d < fewest {
			best, fewest = name, d
		}
	}
	return best
}

// distance counts the letters to insert, delete, replace or swap with their
// neighbour to make b of a (the optimal string alignment distance).
func distance(a, b string) int {
	var before []int // the row before the last
	last := count(len(b) + 1)
	for i := range len(a) {
		row := make([]int, len(b)+1)
		row[0] = i + 1
		for j := range len(b) {
			replaced := last[j]
			if a[i] != b[j] {
				replaced++
			}
			row[j+1] = min(replaced, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last = last, row
	}
	return last[len(b)]
}

func count(n int) []int {
	row := make([]int, n)
	for i := range row {
		row[i] = i
	}
	return row
}
