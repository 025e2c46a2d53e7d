package markup

import "testing"

func TestPut(t *testing.T) {
	var text Text
	text.Put(`<a title="%s" class="%s">%d %s</a>`, `"x"`, Raw("a&b"), 3, "<b>'s & c")
	text.PutIf("<i>%s</i>", "")
	text.PutIf("<i>%s</i>", "<")
	want := `<a title="&#34;x&#34;" class="a&b">3 &lt;b&gt;&#39;s &amp; c</a><i>&lt;</i>`
	if got := text.String(); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// Arguments are the caller's: a slice that is passed on stays as it was.
func TestPutLeavesItsArguments(t *testing.T) {
	var text Text
	args := []any{"<"}
	text.Put("%s", args...)
	if args[0] != "<" {
		t.Errorf("got %v", args[0])
	}
}
