package output

import (
	"strings"
	"testing"
)

func TestTable(t *testing.T) {
	tab := Table{Heading: []string{"name", ">count", "empty", "result"}}
	tab.Add("one", "1", "", "fine")
	tab.Add("a thousand", "1,000", "", Style(true).Red("wrong"))
	tab.Add("none", "0", "", "")
	want := `
  name         count   result
  one              1   fine
  a thousand   1,000   ` + "\x1b[1;31mwrong\x1b[0m" + `
  none             0
`
	if got := rendered(&tab); got != want[1:] {
		t.Errorf("got\n%swant%s", got, want)
	}
}

func rendered(tab *Table) string {
	var b strings.Builder
	tab.Print(&b)
	return b.String()
}
