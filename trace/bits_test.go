package trace_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

type voting struct {
	Voted model.Bits
	Boxes map[int]model.Bits
}

// A set of numbers is shown by its elements in every form of a trace.
func TestBitsInEveryForm(t *testing.T) {
	s := voting{Boxes: map[int]model.Bits{1: 0}}
	var tr trace.Trace
	tr.Append("Init", nil, trace.ValueOf(&s))
	s.Voted = model.BitsOf(0, 2)
	s.Boxes = map[int]model.Bits{1: model.BitsOf(10, 63)}
	tr.Append("Vote", trace.ArgumentsOf([]model.Argument{{Name: "nodes", Value: model.BitsOf(0)}}), trace.ValueOf(&s))

	var text, full, itf, mermaid, page bytes.Buffer
	_ = tr.Text(&text, trace.TextOptions{})
	_ = tr.Text(&full, trace.TextOptions{Full: true})
	_ = tr.ITF(&itf, nil)
	_ = tr.Mermaid(&mermaid, trace.MermaidOptions{})
	_ = tr.HTML(&page, trace.HTMLOptions{})
	value, err := json.Marshal(trace.ValueOf(&s))
	if err != nil {
		t.Fatal(err)
	}
	for form, c := range map[string]struct{ got, want string }{
		"text":      {text.String(), "Vote(nodes={0})    Voted: {} -> {0 2}   Boxes[1]: {} -> {10 63}"},
		"full text": {full.String(), "Voted  {0 2}"},
		"itf":       {itf.String(), `"Voted":{"#set":[{"#bigint":"0"},{"#bigint":"2"}]}`},
		"mermaid":   {mermaid.String(), "{0 2}"},
		"html":      {page.String(), "{0 2}"},
		"json":      {string(value), `{"Voted":"{0 2}","Boxes":{"1":"{10 63}"}}`},
	} {
		if !strings.Contains(c.got, c.want) {
			t.Errorf("%s: no %q in\n%.2000s", form, c.want, c.got)
		}
	}
	read, _, err := trace.ReadITF(bytes.NewReader(itf.Bytes()))
	if err != nil || !read.Steps[1].State.Equal(tr.Steps[1].State) || read.Steps[1].State.Equal(tr.Steps[0].State) {
		t.Fatalf("through ITF: %v, %v", read, err)
	}
	if label := read.Steps[1].Label(); label != "Vote(nodes={0})" {
		t.Errorf("through ITF: %s", label)
	}
	var back trace.Value
	if err := json.Unmarshal(value, &back); err != nil || !back.Equal(trace.ValueOf(&s)) {
		t.Errorf("through JSON: %v, %v", back, err)
	}
}

// A set of numbers is a leaf, and equal to another if it has the same elements.
func TestBitsAreALeaf(t *testing.T) {
	s := voting{Voted: model.BitsOf(1, 5), Boxes: map[int]model.Bits{3: 0}}
	want := []trace.Leaf{{Path: "Voted", Value: "{1 5}"}, {Path: "Boxes[3]", Value: "{}"}}
	if got := trace.ValueOf(&s).Leaves(); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if trace.ValueOf(model.BitsOf(1)).Equal(trace.ValueOf(model.BitsOf(1, 2))) {
		t.Error("{1} equals {1 2}")
	}
	if got := trace.ValueOf(model.BitsOf(0, 7)).String(); got != "{0 7}" {
		t.Errorf("got %s", got)
	}
}
