package trace_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/muster-mc/muster/trace"
)

func htmlOf(t *testing.T, tr *trace.Trace, o trace.HTMLOptions) string {
	t.Helper()
	var b strings.Builder
	if err := tr.HTML(&b, o); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

var (
	sections   = regexp.MustCompile(`(?s)<section.*?</section>`)
	rows       = regexp.MustCompile(`(?s)<div class="row( changed)?" style="--depth: (\d)">\s*<dt>(.*?)</dt>\s*<dd>(.*?)</dd>`)
	tableLines = regexp.MustCompile(`(?s)<tr[^>]*>(.*?)</tr>`)
	tableCells = regexp.MustCompile(`(?s)<(td|th)([^>]*)>(.*?)</(?:td|th)>`)
	tags       = regexp.MustCompile(`<(/?)(del|ins)>|<[^>]*>`)
)

// tablesIn returns the lines of the tables of a step, with a star at changed cells.
func tablesIn(page string, step int) string {
	var lines []string
	for _, l := range tableLines.FindAllStringSubmatch(sections.FindAllString(page, -1)[step-1], -1) {
		var cells []string
		for _, c := range tableCells.FindAllStringSubmatch(l[1], -1) {
			text := strings.ReplaceAll(c[3], `</span><span class="value">`, " = ")
			text = tags.ReplaceAllString(text, "$1$2")
			if strings.Contains(c[2], "changed") {
				text = "*" + text
			}
			cells = append(cells, text)
		}
		lines = append(lines, strings.Join(cells, " | "))
	}
	return strings.Join(lines, "\n") + "\n"
}

// rowsIn returns the rows of a step, with a star at changed ones.
func rowsIn(page string, step int) string {
	var lines []string
	for _, r := range rows.FindAllStringSubmatch(sections.FindAllString(page, -1)[step-1], -1) {
		mark := "  "
		if r[1] != "" {
			mark = "* "
		}
		value := tags.ReplaceAllString(strings.ReplaceAll(r[4], `</span><span class="value">`, " = "), "$1$2")
		lines = append(lines, mark+strings.Repeat("  ", int(r[2][0]-'0'))+r[3]+": "+value)
	}
	return strings.Join(lines, "\n") + "\n"
}

func TestHTMLShowsStatesAndDifferences(t *testing.T) {
	page := htmlOf(t, leaseTrace(), trace.HTMLOptions{})
	expect(t, rowsIn(page, 1), `
  Holder: nobody
  Epoch: 0
  Nodes: 
  Sent: []
  Log: []
  votes: {}
`)
	expect(t, rowsIn(page, 4), `
* Holder: delnobody/del → ins0/ins
* Epoch: del0/del → ins1/ins
  Nodes: 
* Sent: ins{Kind:Granted To:0}/ins
  Log: []
  votes: {}
`)
	expect(t, tablesIn(page, 1), `
 | Phase | Seen
[0] | Idle | 0
[1] | Idle | 0
`)
	expect(t, tablesIn(page, 4), `
 | Phase | Seen
*[0] | *delReading/del → insHolding/ins | 0
[1] | Reading | 0
 | Kind | To
 | Granted | 0
`)
}

// Of a table too, what came and what is gone is marked, and idle elements are short.
func TestHTMLShowsTables(t *testing.T) {
	page := htmlOf(t, crewTrace(func(s *crew) { s.Nodes[1].Peers[1] = Node{Holding, 1} }), trace.HTMLOptions{})
	expect(t, tablesIn(page, 2), `
 | Phase | Term | Peers
[0] | {Phase:Idle Peers:[{Phase:Idle} {Phase:Idle}]}
*[1] | Idle | 0 | *[1].Phase delIdle/del → insHolding/ins[1].Seen del0/del → ins1/ins = [{Phase:Idle} {Phase:Holding Seen:1}]
[2..4] | all {Phase:Idle Peers:[{Phase:Idle} {Phase:Idle}]}
`)
	var tr trace.Trace
	for _, log := range [][]Node{{{Idle, 1}}, {{Idle, 1}, {Reading, 2}}, {{Reading, 2}}} {
		tr.Append("Go", nil, trace.ValueOf(&struct{ Log []Node }{log}))
	}
	page = htmlOf(t, &tr, trace.HTMLOptions{})
	if !strings.Contains(sections.FindAllString(page, -1)[1], `<tr class="changed"><th scope="row" class="changed">[1]</th>`) {
		t.Errorf("what came is not marked: %s", page)
	}
	expect(t, tablesIn(page, 3), `
 | Phase | Seen
[0] | del{Phase:Idle Seen:1}/del
[0] | Reading | 2
`)
}

// Elements and entries that were removed have a row, and a state need not be a struct.
func TestHTMLShowsWhatIsGone(t *testing.T) {
	type S struct {
		Log   []string
		Votes map[string]int
	}
	var tr trace.Trace
	tr.Append("Init", nil, trace.ValueOf(&S{[]string{"a", "b"}, map[string]int{"k": 1, "l": 2}}))
	tr.Append("Go", nil, trace.ValueOf(&S{[]string{"a"}, map[string]int{"l": 2}}))
	expect(t, rowsIn(htmlOf(t, &tr, trace.HTMLOptions{}), 2), `
  Log: 
    [0]: a
*   [1]: delb/del
  Votes: 
    [&#34;l&#34;]: 2
*   [&#34;k&#34;]: del1/del
`)
	var bare trace.Trace
	bare.Append("Init", nil, trace.ValueOf(7))
	bare.Append("Go", nil, trace.ValueOf(8))
	expect(t, rowsIn(htmlOf(t, &bare, trace.HTMLOptions{}), 2), `
* state: del7/del → ins8/ins
`)
}

// The page escapes all text of a trace, and refers to no other resources.
func TestHTMLStandsAlone(t *testing.T) {
	const nasty = `</script><img src="https://example.com/x">`
	var tr trace.Trace
	tr.Append("Init", nil, trace.ValueOf(&struct{ Text string }{nasty}))
	page := htmlOf(t, &tr, trace.HTMLOptions{Title: nasty, Claim: nasty, Detail: nasty, Again: nasty, Faults: []string{"Init"}})
	for _, bad := range []string{"<img", "<link", `src="`, "@import", "url(", "fetch("} {
		if strings.Contains(page, bad) {
			t.Errorf("there is %s in the page", bad)
		}
	}
	if strings.Count(page, "</script>") != 1 || strings.Count(page, `class="fault"`) != 2 {
		t.Errorf("got\n%s", page)
	}
}
