package explain

import (
	"maps"
	"slices"

	"github.com/muster-mc/muster/internal/checkpoint"
	"github.com/muster-mc/muster/internal/search/snapshot"
)

// section is the section of a checkpoint with the observations. It is only there if an
// explanation was asked for.
const section = "observed"

// observed is the observations in the form in which they are saved.
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

func (d *Distinct) saved() savedDistinct {
	return savedDistinct{slices.Sorted(maps.Keys(d.kept)), d.zeros}
}

func (s savedDistinct) distinct() Distinct {
	d := Distinct{zeros: s.Zeros}
	for _, hash := range s.Kept {
		d.add(hash)
	}
	return d
}

// observed are the observations so far.
func (x *Observer) observed() observed {
	o := observed{All: x.all.saved(), Fields: []observedField{}}
	for _, f := range x.Fields {
		field := observedField{
			Name: f.Name, Combinations: f.Combinations.saved(), Without: f.Without.saved(),
			IsText: f.IsText, Rose: f.Rose, Fell: f.Fell, HasLargest: f.hasLargest,
			Largest: f.largest, Risings: f.Risings, LastRising: f.LastRising,
		}
		for _, el := range f.Elements {
			field.Elements = append(field.Elements, observedElement{el.Path, el.Values.saved()})
		}
		o.Fields = append(o.Fields, field)
	}
	return o
}

func (x *Observer) restore(o observed) {
	x.all = o.All.distinct()
	for place, saved := range o.Fields {
		f := &Field{
			Name: saved.Name, place: place,
			Combinations: saved.Combinations.distinct(), Without: saved.Without.distinct(),
			IsText: saved.IsText, Rose: saved.Rose, Fell: saved.Fell, hasLargest: saved.HasLargest,
			largest: saved.Largest, Risings: saved.Risings, LastRising: saved.LastRising,
		}
		for _, e := range saved.Elements {
			el := &Element{Path: e.Path, hash: textHash(e.Path), field: f, Values: e.Values.distinct()}
			f.Elements = append(f.Elements, el)
			x.byPath[el.Path] = el
		}
		x.Fields = append(x.Fields, f)
		x.sums = append(x.sums, 0)
	}
}

// Save writes what was observed into a checkpoint.
func (x *Observer) Save(w *checkpoint.Writer) error {
	return snapshot.WriteJSON(w, section, x.observed())
}

// Load has a new observer go on with what an earlier one has saved.
func (x *Observer) Load(r *checkpoint.Reader) error {
	var o observed
	if err := snapshot.ReadJSON(r, section, &o); err != nil {
		return err
	}
	x.restore(o)
	return nil
}
