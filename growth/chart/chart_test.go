package chart_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"math"
	"strings"
	"testing"

	"github.com/muster-mc/muster/growth"
	"github.com/muster-mc/muster/growth/chart"
)

// curve is a curve with all kinds of points.
func curve() *growth.Curve {
	bracket := growth.Bracket{Least: 800, Likely: 1000, Most: 1250}
	f := &growth.Forecast{States: bracket, Generated: bracket, Seconds: bracket, Bytes: bracket}
	run := func(states uint64, whole bool) *growth.Measured {
		return &growth.Measured{States: states, Generated: 3 * states, Depth: 7, Seconds: 0.25, Bytes: 1 << 20, Whole: whole}
	}
	return &growth.Curve{
		Model: "box<1>", Sweep: []string{"nodes", "actors"},
		Law: &growth.Law{Kind: "exponential", Formula: "1.5 · 10^nodes", Error: 0.034, Tests: 2, Tried: 6},
		Points: []growth.Point{
			{At: []int{1, 1}, Measured: run(12, true)}, {At: []int{1, 2}, Measured: run(40, true)},
			{At: []int{2, 1}, Measured: run(123456, true)}, {At: []int{2, 2}, Measured: run(99, false), Forecast: f, Problem: "the time was used up"},
		},
		Next: []growth.Point{{At: []int{3, 2}, Forecast: f}},
	}
}

// wellFormed fails the test unless a document is well-formed XML.
func wellFormed(t *testing.T, text string) {
	t.Helper()
	for d := xml.NewDecoder(strings.NewReader(text)); ; {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatalf("%v in\n%s", err, text)
		}
	}
}

func TestSVG(t *testing.T) {
	empty := &growth.Curve{Model: "nothing", Sweep: []string{"n"}}
	for _, curves := range [][]*growth.Curve{{curve()}, {curve(), empty, curve()}, {empty}} {
		var b bytes.Buffer
		if err := chart.SVG(&b, curves...); err != nil {
			t.Fatal(err)
		}
		wellFormed(t, b.String())
		for _, want := range []string{curves[0].Model[:3], ">states<", ">" + curves[0].Sweep[0] + "<"} {
			if !strings.Contains(b.String(), want) {
				t.Errorf("the picture of %d curves lacks %s", len(curves), want)
			}
		}
	}
}

func svg(t *testing.T, curves ...*growth.Curve) string {
	t.Helper()
	var b bytes.Buffer
	if err := chart.SVG(&b, curves...); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// The picture has marks, texts and tooltips for the whole curve.
func TestSVGShowsTheWholeCurve(t *testing.T) {
	text := svg(t, curve())
	for want, times := range map[string]int{
		`class="dot"`: 3 + 2, `class="ring"`: 2, `class="band"`: 1, `class="line"`: 1 + 2, `class="line ahead"`: 1, // two are in the legend
		">box&lt;1&gt;: states by nodes and actors<": 1, ">1.5 · 10^nodes<": 1, ">actors 1<": 1, ">actors 2<": 1,
		">nodes 2, actors 1: 123\u202f456 states<": 1, ">nodes 3, actors 2: about 1 k states, between 800 and 1.25 k<": 1,
		">100<": 1, ">100 k<": 1, "prefers-color-scheme: dark": 1,
	} {
		if got := strings.Count(text, want); got != times {
			t.Errorf("%s is there %d times, want %d:\n%s", want, got, times, text)
		}
	}
	if svg(t, curve()) != text {
		t.Error("it is another picture the second time")
	}
}

// A single line has numbers instead of a legend.
func TestSVGOfOneLine(t *testing.T) {
	c := curve()
	c.Sweep = c.Sweep[:1]
	for _, points := range [][]growth.Point{c.Points, c.Next} {
		for i := range points {
			points[i].At = []int{i + 4}
		}
	}
	text := svg(t, c)
	for _, want := range []string{`>40</text>`, `>123 k</text>`, `>≈1 k</text>`} {
		if !strings.Contains(text, want) {
			t.Errorf("the picture lacks %s:\n%s", want, text)
		}
	}
	if strings.Contains(text, `class="key"`) {
		t.Error("it has a legend")
	}
}

// The scale works for no states, for infinitely many, and for a single number.
func TestSVGOfExtremes(t *testing.T) {
	none, all := curve(), curve()
	none.Points[0].Measured.States = 0
	all.Next[0].Forecast = &growth.Forecast{States: growth.Bracket{Least: 1e200, Likely: 1e300, Most: math.Inf(1)}}
	one := &growth.Curve{Model: "one", Sweep: []string{"n", "m"}, Points: all.Points[:1]}
	text := svg(t, none, all, one)
	wellFormed(t, text)
	for _, not := range []string{"NaN", "Inf"} {
		if strings.Contains(text, not) {
			t.Errorf("the picture has %s:\n%s", not, text)
		}
	}
}

// Lines beyond the number of colours have another mark.
func TestSVGOfManyLines(t *testing.T) {
	c := &growth.Curve{Model: "many", Sweep: []string{"n", "m"}}
	for m := range 8 {
		c.Points = append(c.Points, growth.Point{At: []int{1, m}, Measured: &growth.Measured{States: uint64(m + 1), Whole: true}})
	}
	text := svg(t, c)
	if round, square := strings.Count(text, `<circle class="dot"`), strings.Count(text, `<rect class="dot"`); round != 12 || square != 4 {
		t.Errorf("%d round marks and %d square ones, want 12 and 4:\n%s", round, square, text)
	}
}

func TestPage(t *testing.T) {
	var b bytes.Buffer
	if err := chart.Page(&b, curve()); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"<h1>box&lt;1&gt; by nodes and actors</h1>", "<svg", "1.5 · 10^nodes", "3.4 %",
		"<td>123\u202f456<td>", "<td>&gt; 99<td>", "the time was used up", "<td>3<td>2<td>1 k<td>800 to 1.25 k",
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the page lacks %s:\n%s", want, &b)
		}
	}
	if strings.Contains(b.String(), "box&lt;1&gt;: states by") || strings.Count(b.String(), "1.5 · 10^nodes") != 1 {
		t.Errorf("the title or the law is in the picture too:\n%s", &b)
	}
	if strings.Contains(b.String(), "<?xml") || strings.Count(b.String(), "http://") > 1 { // the one is SVG's name
		t.Errorf("the page has what is not for a page:\n%s", &b)
	}
}
