package chart_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/muster-mc/muster/growth"
	"github.com/muster-mc/muster/growth/chart"
)

// curve has everything that a curve can have.
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

// wellFormed reads all of a document.
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
	if strings.Contains(b.String(), "<?xml") || strings.Contains(b.String(), "http://") && strings.Count(b.String(), "http://") > 2 {
		t.Errorf("the page has what is not for a page:\n%s", &b)
	}
}
