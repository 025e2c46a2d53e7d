package chart

import (
	"fmt"
	"html"
	"strings"
)

// colours is how many the look has. They can be told apart by people who see
// colours differently, for they are those of M. Okabe and K. Ito (Color Universal
// Design, 2008), darker or lighter as the paper wants it.
const colours = 6

// colour is a line's, as a style.
func colour(i int) string { return fmt.Sprintf("--c:var(--c%d)", i%colours) }

// band is where a line may go on: from the least to the most.
func (p panel) band(i int, l line) {
	if len(l.forecast()) == 0 {
		return
	}
	var there, back []string
	for _, at := range l.ahead() {
		x := p.x.at(at.x)
		there = append(there, fmt.Sprintf("%.1f %.1f", x, p.y.at(level(at.states.Most))))
		back = append([]string{fmt.Sprintf("%.1f %.1f", x, p.y.at(level(at.states.Least)))}, back...)
	}
	p.put(`<path class="band" style="%s" d="M%sL%sZ"/>`, colour(i), strings.Join(there, "L"), strings.Join(back, "L"))
}

// ahead is what is forecast, from the last size that was measured on.
func (l line) ahead() []point { return l.points[max(0, len(l.measured())-1):] }

// line draws what was measured, what is forecast as a dashed line, and a mark at
// each size: filled, or open for a forecast.
func (p panel) line(i int, l line) {
	p.put(`<g style="%s">`, colour(i))
	p.path("line", l.measured())
	if len(l.forecast()) > 0 {
		p.path("line ahead", l.ahead())
	}
	for _, at := range l.points {
		x, y := p.x.at(at.x), p.y.at(level(at.states.Likely))
		p.put(`<g><title>%s</title>%s<circle class="reach" cx="%.1f" cy="%.1f" r="10"/></g>`,
			html.EscapeString(at.about), mark(i, at.measured, x, y), x, y)
	}
	p.put("</g>")
}

func (p panel) path(class string, points []point) {
	if len(points) < 2 {
		return
	}
	var places []string
	for _, at := range points {
		places = append(places, fmt.Sprintf("%.1f %.1f", p.x.at(at.x), p.y.at(level(at.states.Likely))))
	}
	p.put(`<path class="%s" d="M%s"/>`, class, strings.Join(places, "L"))
}

// mark is round as long as there are colours, then it has corners.
func mark(i int, measured bool, x, y float64) string {
	class := "ring"
	if measured {
		class = "dot"
	}
	if i/colours%2 == 0 {
		return fmt.Sprintf(`<circle class="%s" cx="%.1f" cy="%.1f" r="4"/>`, class, x, y)
	}
	return fmt.Sprintf(`<rect class="%s" x="%.1f" y="%.1f" width="7.2" height="7.2"/>`, class, x-3.6, y-3.6)
}

// valuesMax is how many numbers fit beside the marks of a line.
const valuesMax = 10

// values writes the numbers beside the marks of a line that is alone, on the side
// where a line that rises has come from.
func (p panel) values(l line) {
	if len(l.points) > valuesMax {
		return
	}
	for _, at := range l.points {
		text := count(at.states.Likely)
		if !at.measured {
			text = "≈" + text
		}
		p.text("value", p.x.at(at.x)+3, p.y.at(level(at.states.Likely))-10, text)
	}
}
