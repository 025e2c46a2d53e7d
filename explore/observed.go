package explore

import (
	"errors"
	"maps"
	"slices"

	"github.com/muster-mc/muster/internal/checkpoint"
)

// sectionObserved is the section of a checkpoint with what an explainer has
// observed. It is only there if somebody asked for an explanation.
const sectionObserved = "observed"

// observed is what an explainer knows.
type observed struct {
	All    savedDistinct   `json:"all"`
	Fields []observedField `json:"fields"`
}

type observedField struct {
	Name         string            `json:"name"`
	Elements     []observedElement `json:"elements"`
	Combinations savedDistinct     `json:"combinations"`
	Without      savedDistinct     `json:"without"`
	IsText       bool              `json:"isText"`
	Rose         bool              `json:"rose"`
	Fell         bool              `json:"fell"`
	HasLargest   bool              `json:"hasLargest"`
	Largest      int64             `json:"largest"`
	Risings      int               `json:"risings"`
	LastRising   int               `json:"lastRising"`
}

type observedElement struct {
	Path   string        `json:"path"`
	Values savedDistinct `json:"values"`
}

// savedDistinct is a count of hashes, in order.
type savedDistinct struct {
	Kept  []uint64 `json:"kept"`
	Zeros int      `json:"zeros"`
}

func (d *distinct) saved() savedDistinct {
	return savedDistinct{slices.Sorted(maps.Keys(d.kept)), d.zeros}
}

func (s savedDistinct) distinct() distinct {
	d := distinct{zeros: s.Zeros}
	for _, hash := range s.Kept {
		d.add(hash)
	}
	return d
}

// observed is what the explainer knows so far.
func (x *explainer) observed() observed {
	o := observed{All: x.all.saved(), Fields: []observedField{}}
	for _, f := range x.fields {
		field := observedField{
			Name: f.name, Combinations: f.combinations.saved(), Without: f.without.saved(),
			IsText: f.isText, Rose: f.rose, Fell: f.fell, HasLargest: f.hasLargest,
			Largest: f.largest, Risings: f.risings, LastRising: f.lastRising,
		}
		for _, el := range f.elements {
			field.Elements = append(field.Elements, observedElement{el.path, el.values.saved()})
		}
		o.Fields = append(o.Fields, field)
	}
	return o
}

// know has a new explainer know what another one had observed.
func (x *explainer) know(o observed) {
	x.all = o.All.distinct()
	for place, saved := range o.Fields {
		f := &fieldObserver{
			name: saved.Name, place: place,
			combinations: saved.Combinations.distinct(), without: saved.Without.distinct(),
			isText: saved.IsText, rose: saved.Rose, fell: saved.Fell, hasLargest: saved.HasLargest,
			largest: saved.Largest, risings: saved.Risings, lastRising: saved.LastRising,
		}
		for _, e := range saved.Elements {
			el := &elementObserver{path: e.Path, hash: textHash(e.Path), field: f, values: e.Values.distinct()}
			f.elements = append(f.elements, el)
			x.byPath[el.path] = el
		}
		x.fields = append(x.fields, f)
		x.sums = append(x.sums, 0)
	}
}

func (e *engine) writeObserved(w *checkpoint.Writer) error {
	if e.explainer == nil {
		return nil
	}
	return writeJSON(w, sectionObserved, e.explainer.observed())
}

var errUnexplained = errors.New("it cannot be explained: the run was begun without that, and nobody has observed its states so far")

func (e *engine) loadObserved(r *checkpoint.Reader, c *Checkpoint) error {
	switch {
	case e.explainer == nil:
		return nil
	case !c.Explain:
		return errUnexplained
	}
	var o observed
	if err := readJSON(r, sectionObserved, &o); err != nil {
		return err
	}
	e.explainer.know(o)
	return nil
}
