package txn

import (
	"fmt"
	"strings"
)

// picture is a table with a column for each key: the store, and what each transaction read
// from its snapshot and wants to write. A value that has changed since the snapshot is
// marked where the transaction has read it.
func (p *protocol) picture(s *State) string {
	var b strings.Builder
	b.WriteString(`<table><thead><tr><td></td><th scope="col">status</th>`)
	for k := range p.Keys {
		fmt.Fprintf(&b, `<th scope="col">key %d</th>`, k)
	}
	b.WriteString(`</tr></thead><tbody><tr><th scope="row">store</th><td></td>`)
	for k := range p.Keys {
		fmt.Fprintf(&b, `<td class="accent">%s</td>`, s.Store[k])
	}
	b.WriteString("</tr>")
	for i := range p.Transactions {
		p.writeRow(&b, s, i)
	}
	return b.String() + "</tbody></table>"
}

var colours = map[Status]string{Idle: "dim", Running: "warn", Committed: "good", Aborted: "bad"}

func (p *protocol) writeRow(b *strings.Builder, s *State, i int) {
	t := &s.Transactions[i]
	status := t.Status.String()
	if t.Place > 0 {
		status += fmt.Sprintf(", place %d", t.Place)
	}
	fmt.Fprintf(b, `<tr><th scope="row">transaction %d</th><td class="%s">%s</td>`, i, colours[t.Status], status)
	for k := range p.Keys {
		class, text := t.cell(k, s.Store[k])
		fmt.Fprintf(b, `<td class="%s">%s</td>`, class, text)
	}
	b.WriteString("</tr>")
}

// cell is what a transaction has to do with a key, whose value in the store is given.
func (t *Transaction) cell(k int, now Value) (class, text string) {
	if t.Status == Idle {
		return "dim", ""
	}
	var words []string
	if t.Reads.has(k) {
		words = append(words, "read "+t.Snapshot[k].String())
		if t.Status == Running && t.Snapshot[k] != now {
			class = "bad"
			words[0] += ", which is old"
		}
	}
	if t.Writes[k] != NoValue {
		words = append(words, "writes "+t.Writes[k].String())
	}
	if len(words) == 0 {
		return "dim", "snapshot " + t.Snapshot[k].String()
	}
	return class, strings.Join(words, ", ")
}
