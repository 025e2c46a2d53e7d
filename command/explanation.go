package command

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/muster-mc/muster/command/internal/output"
	"github.com/muster-mc/muster/explore"
)

// explainedFields is how many fields are shown; the JSON has all.
const explainedFields = 12

// explanation says where the states come from, if somebody asked.
func (a *answer) explanation(r *explore.Report) {
	x := r.Explanation
	if x == nil {
		return
	}
	a.fields(x, r.Counts.Distinct)
	a.line("\nhalf of the states are on levels %d to %d of %d", x.BulkFirst, x.BulkLast, r.Counts.Depth)
	if words := discoverers(r.Actions); words != "" {
		a.line("discovered most: %s", words)
	}
	for _, advice := range x.Advice {
		a.line("%s: %s", a.style.Yellow("advice"), advice)
	}
}

func (a *answer) fields(x *explore.Explanation, distinct uint64) {
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
	a.table([]string{"field", ">elements", ">values of each", ">of all together", ">states without it", ">times fewer", ""}, rows)
	if len(constant) > 0 {
		a.line("\nalways the same: %s", strings.Join(constant, ", "))
	}
}

func fieldRow(f explore.FieldReport, distinct uint64) []string {
	least, most, varying := uint64(0), uint64(0), 0
	for _, el := range f.Elements {
		if el.Values > 1 {
			varying++
			most = max(most, el.Values)
			if least == 0 || el.Values < least {
				least = el.Values
			}
		}
	}
	each := output.Commas(least)
	if least != most {
		each += " to " + output.Commas(most)
	}
	about, note := "", ""
	if !f.Exact {
		about = "~"
	}
	if f.OnlyGrew {
		note = "only grew"
	}
	return []string{f.Field, fmt.Sprint(varying), each, about + output.Commas(f.Combinations), about + output.Commas(f.Without),
		fmt.Sprintf("%.1f", float64(distinct)/float64(max(1, f.Without))), note}
}

// discoverers are the actions that led to the most new states.
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
