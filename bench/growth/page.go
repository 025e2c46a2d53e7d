package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/muster-mc/muster/growth"
)

const opening = `# How the models grow

Each number that a model of the catalogue can be given is varied alone, the others being as usual, up to spaces of %s states. The law is the one of its kind that foretold the last sizes best from those before; how laws are chosen, and what a bracket is, [package growth](../../growth/doc.go) says. A circle is a forecast, a shade its bracket.

Made by ` + "`go run ./bench/growth`" + `; the data is in [curves.csv](curves.csv).

## How far forecasts were off

%s

| parameter of | forecasts | in the bracket | off by, in the middle | at worst |
|---|---:|---:|---:|---:|
`

// page returns the book as Markdown.
func (b book) page() string {
	var t strings.Builder
	fmt.Fprintf(&t, opening, grouped(b.limit), b.summary())
	for _, c := range b.chapters {
		if all := c.trials(); len(all) > 0 {
			fmt.Fprintf(&t, "| [%s](#%s) | %s |\n", c.entry.Name, anchor(c.entry.Name), score(all))
		}
	}
	for _, c := range b.chapters {
		if len(c.curves) > 0 {
			t.WriteString(c.page())
		}
	}
	return t.String()
}

func (b book) summary() string {
	var all []trial
	for _, c := range b.chapters {
		all = append(all, c.trials()...)
	}
	if len(all) == 0 {
		return "Nothing was forecast."
	}
	return fmt.Sprintf("Every size was forecast, before it was run, from the smaller ones, where there were at least %d. "+
		"Sizes that were not run, because the forecast was too large, are not judged.\n\n"+
		"Of %d forecasts, %d %% had the truth in their bracket; one in the middle was off by %s, and nine in ten by no more than %s.",
		testedSizes, len(all), 100*inside(all)/len(all), off(quantile(all, 0.5)), off(quantile(all, 0.9)))
}

func (c chapter) trials() []trial {
	var all []trial
	for _, curve := range c.curves {
		all = append(all, trials(curve)...)
	}
	return all
}

// score returns a row of the table of forecasts.
func score(all []trial) string {
	return fmt.Sprintf("%d | %d | %s | %s", len(all), inside(all), off(quantile(all, 0.5)), off(quantile(all, 1)))
}

func inside(all []trial) int {
	n := 0
	for _, t := range all {
		if t.within {
			n++
		}
	}
	return n
}

// quantile returns the largest factor among the given share of the best forecasts.
func quantile(all []trial, part float64) float64 {
	var factors []float64
	for _, t := range all {
		factors = append(factors, t.factor())
	}
	slices.Sort(factors)
	return factors[int(part*float64(len(factors)-1)+0.5)]
}

// off words the difference of a factor from 1.
func off(factor float64) string {
	switch {
	case factor < 1.0005:
		return "nothing"
	case factor < 2:
		return fmt.Sprintf("%.1f %%", 100*(factor-1))
	}
	return fmt.Sprintf("a factor of %.1f", factor)
}

// page returns the chapter as Markdown.
func (c chapter) page() string {
	var t strings.Builder
	fmt.Fprintf(&t, "\n## %s\n\n%s.\n\n", c.entry.Name, c.entry.Summary)
	if len(c.growing()) > 0 {
		fmt.Fprintf(&t, "![%s](pictures/%s)\n\n", c.entry.Name, c.file())
	}
	t.WriteString("| parameter | values | states | law | last forecast |\n|---|---|---|---|---|\n")
	for _, curve := range c.curves {
		fmt.Fprintf(&t, "| `--%s` | %s |\n", curve.Sweep[0], strings.Join(cells(curve), " | "))
	}
	return t.String()
}

// cells returns the row of a curve in the table.
func cells(c *growth.Curve) []string {
	whole := wholeRuns(c)
	if len(whole) == 0 {
		return []string{"", "more than fit", "", ""}
	}
	first, last := whole[0], whole[len(whole)-1]
	row := []string{
		fmt.Sprintf("%d to %d", first.At[0], last.At[0]),
		grouped(first.Measured.States) + " to " + grouped(last.Measured.States), "", "",
	}
	if c.Law != nil {
		row[2] = fmt.Sprintf("`%s`, %s", c.Law.Formula, c.Law.Kind)
	}
	if all := trials(c); len(all) > 0 {
		row[3] = "off by " + off(all[len(all)-1].factor())
	}
	return row
}

// anchor returns the anchor of a heading.
func anchor(heading string) string { return strings.ReplaceAll(heading, "/", "") }

// grouped writes a number with a comma between thousands.
func grouped(n uint64) string {
	if n < 1000 {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%s,%03d", grouped(n/1000), n%1000)
}
