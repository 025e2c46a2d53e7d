package chart

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"strings"

	"github.com/muster-mc/muster/growth"
)

//go:embed page.html
var pageText string

// page is read when one is wanted, which is seldom: a program must not wait for it
// to start.
func page() *template.Template {
	return template.Must(template.New("page").Funcs(template.FuncMap{
		"count":  count,
		"whole":  grouped,
		"fixed":  func(digits int, x float64) string { return fmt.Sprintf("%.*f", digits, x) },
		"join":   strings.Join,
		"isOver": func(p growth.Point) bool { return p.Measured != nil && !p.Measured.Whole },
	}).Parse(pageText))
}

// Page writes one HTML page that needs nothing else: the picture, the law, and
// the numbers. It fails only if writing does.
func Page(w io.Writer, c *growth.Curve) error {
	var picture bytes.Buffer
	if err := SVG(&picture, c); err != nil {
		return err
	}
	return page().Execute(w, map[string]any{"Curve": c, "Picture": template.HTML(picture.String())})
}

// grouped writes a number with a space between thousands.
func grouped(n uint64) string {
	if n < 1000 {
		return fmt.Sprint(n)
	}
	return grouped(n/1000) + fmt.Sprintf("\u202f%03d", n%1000)
}
