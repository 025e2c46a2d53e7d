package main

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/muster-mc/muster/growth"
	"github.com/muster-mc/muster/growth/chart"
)

// book is the content of the page, the pictures and the data.
type book struct {
	limit    uint64 // the largest number of states of a run
	chapters []chapter
}

// writeTo writes the page, the data, and a picture for each model with a parameter that
// matters.
func (b book) writeTo(dir string) error {
	pictures := filepath.Join(dir, "pictures")
	if err := os.RemoveAll(pictures); err != nil { // removes pictures of models that no longer exist
		return err
	}
	if err := os.MkdirAll(pictures, 0o755); err != nil {
		return err
	}
	for _, c := range b.chapters {
		if curves := c.growing(); len(curves) > 0 {
			var picture bytes.Buffer
			if err := chart.SVG(&picture, curves...); err != nil {
				return err
			}
			if err := os.WriteFile(filepath.Join(pictures, c.file()), picture.Bytes(), 0o644); err != nil {
				return err
			}
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "curves.csv"), b.data(), 0o644); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "README.md"), []byte(b.page()), 0o644)
}

// file returns the name of the model's picture.
func (c chapter) file() string { return strings.ReplaceAll(c.entry.Name, "/", "-") + ".svg" }

// data returns all curves in the format of growth.Curve.CSV, with one heading.
func (b book) data() []byte {
	var all bytes.Buffer
	heading := (&growth.Curve{Sweep: []string{"model", "parameter", "value"}}).CSVHeading()
	out := csv.NewWriter(&all)
	out.Write(heading)
	for _, c := range b.chapters {
		for _, curve := range c.curves {
			for _, p := range slices.Concat(curve.Points, curve.Next) {
				out.Write(append([]string{c.entry.Name, curve.Sweep[0]}, p.CSVCells()...))
			}
		}
	}
	out.Flush()
	return all.Bytes()
}
