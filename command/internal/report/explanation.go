package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/muster-mc/muster/command/internal/output"
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/internal/number"
)

// explainedFields is the number of fields that are printed. The JSON has all.
const explainedFields = 12

// explanation prints where the states come from, if the run was explained.
func (p *Printer) explanation(r *explore.Report) {
	x := r.Explanation
	if x == nil {
		return
	}
	p.fields(x, r.Counts.Distinct)
	p.Line("\nhalf of the states are on levels %d to %d of %d", x.BulkFirst, x.BulkLast, r.Counts.Depth)
	if words := discoverers(r.Actions); words != "" {
		p.Line("discovered most: %s", words)
	}
	for _, advice := range x.Advice {
		p.Line("%s: %s", p.Style.Yellow("advice"), advice)
	}
}

func (p *Printer) fields(x *explore.Explanation, distinct uint64) {
	var rows [][]string
	var constant []string
	for _, f := range x.Fields {
		if f.Combinations < 2 {
			constant = append(constant, f.Field)
			continue
		}
		if len(rows) < explainedFields {
			rows = append(rows, fieldRow(f, distinct))
		}
	}
	p.Table([]string{"field", ">elements", ">values of each", ">of all together", ">states without it", ">times fewer", ""}, rows)
	if len(constant) > 0 {
		p.Line("\nalways the same: %s", strings.Join(constant, ", "))
	}
}

func fieldRow(f explore.FieldReport, distinct uint64) []string {
	varying, each := valuesOfEach(f.Elements)
	about, note := "", ""
	if !f.Exact {
		about = "~"
	}
	if f.OnlyGrew {
		note = "only grew"
	}
	return []string{
		f.Field, fmt.Sprint(varying), each, about + number.Commas(f.Combinations), about + number.Commas(f.Without),
		fmt.Sprintf("%.1f", float64(distinct)/float64(max(1, f.Without))), note,
	}
}

// valuesOfEach returns how many elements of a field vary, and how many values
// each of those has.
func valuesOfEach(list []explore.ElementReport) (varying int, each string) {
	var counts []uint64
	for _, el := range list {
		if el.Values > 1 {
			counts = append(counts, el.Values)
		}
	}
	if len(counts) == 0 {
		return 0, "0"
	}
	least, most := slices.Min(counts), slices.Max(counts)
	if least == most {
		return len(counts), number.Commas(least)
	}
	return len(counts), number.Commas(least) + " to " + number.Commas(most)
}

// discoverers are the three actions that led to the most new states.
func discoverers(list []explore.ActionReport) string {
	sum := uint64(0)
	for _, x := range list {
		sum += x.Discovered
	}
	list = slices.SortedStableFunc(slices.Values(list), func(a, b explore.ActionReport) int {
		return -cmp.Compare(a.Discovered, b.Discovered)
	})
	var words []string
	for _, x := range list[:min(3, len(list))] {
		if x.Discovered > 0 {
			words = append(words, fmt.Sprintf("%s %s", x.Name, output.Percent(float64(x.Discovered)/float64(sum))))
		}
	}
	return strings.Join(words, ", ")
}
