package command

import (
	"strings"
	"testing"
)

func TestTable(t *testing.T) {
	tab := table{heading: []string{"name", ">count", "empty", "result"}}
	tab.add("one", "1", "", "fine")
	tab.add("a thousand", "1,000", "", style(true).red("wrong"))
	tab.add("none", "0", "", "")
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

func rendered(tab *table) string {
	var b strings.Builder
	tab.write(&b)
	return b.String()
}
