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

// observed is the observations in the form in which they are saved. What an observer
// holds beyond them follows from them: the hash of an element from the path, the place of
// a field from the order, and the leaves of a parent are read anew in each block.
//
// Fields and elements are lists, and keep the order in which the search met them. The
// report lists fields with equal counts in that order, so a resumed run would otherwise
// give another report than a run in one piece.
type observed struct {
	All    savedDistinct   `json:"all"`
	Fields []observedField `json:"fields"`
	Sample savedSample     `json:"sample"`
}

// savedSample is a sample of the states, as their encodings.
type savedSample struct {
	States [][]byte `json:"states"`
	Zeros  int      `json:"zeros"`
}

func (s *sample) saved() savedSample {
	saved := savedSample{States: [][]byte{}, Zeros: s.zeros}
	for _, k := range s.kept {
		saved.States = append(saved.States, k.encoded)
	}
	return saved
}

// sample sets zeros before it adds a state, as distinct does.
func (s savedSample) sample() sample {
	restored := sample{zeros: s.Zeros}
	for _, encoded := range s.States {
		restored.add(encoded)
	}
	return restored
}

// observedField mirrors Field. The JSON names are a part of the format of checkpoints:
// with another name, a checkpoint that was written before could not be resumed, because
// the reader refuses fields that it does not know.
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

// savedDistinct is a count of hashes, in order. Kept has at most distinctMax hashes, each
// of up to 20 digits and a comma, so a count takes at most 344 kB. A hash uses all 64
// bits, and survives JSON because the field has an integer type: a reader that went
// through a float would lose the last bits.
type savedDistinct struct {
	Kept  []uint64 `json:"kept"`
	Zeros int      `json:"zeros"`
}

// saved sorts the hashes, because Go ranges over a map in another order each time, and
// equal counts are to be saved as equal bytes.
func (d *Distinct) saved() savedDistinct {
	return savedDistinct{slices.Sorted(maps.Keys(d.kept)), d.zeros}
}

// distinct sets zeros before it adds a hash. The hashes are a sample, and with no zeros
// at first they would be taken for all hashes that there were. Every saved hash ends in
// enough zeros, so none is refused here.
func (s savedDistinct) distinct() Distinct {
	d := Distinct{zeros: s.Zeros}
	for _, hash := range s.Kept {
		d.add(hash)
	}
	return d
}

// observed are the observations so far.
func (x *Observer) observed() observed {
	o := observed{All: x.all.saved(), Fields: []observedField{}, Sample: x.sample.saved()}
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

// restore makes a new observer stand where the saved one stood. Places are counted from
// zero, so an observer that has fields already would mix up the sums.
func (x *Observer) restore(o observed) {
	x.all = o.All.distinct()
	x.sample = o.Sample.sample()
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
			// Without the entry, the next state would add the element a second time.
			x.byPath[el.Path] = el
		}
		x.Fields = append(x.Fields, f)
		// Only the number of sums matters: look clears all of them before each state.
		x.sums = append(x.sums, 0)
	}
}

// Save writes what was observed into a checkpoint.
func (x *Observer) Save(w *checkpoint.Writer) error {
	return snapshot.WriteJSON(w, section, x.observed())
}

// Load has a new observer go on with what an earlier one has saved. An error leaves the
// observer as it was, because nothing is restored before the whole section was read.
func (x *Observer) Load(r *checkpoint.Reader) error {
	var o observed
	if err := snapshot.ReadJSON(r, section, &o); err != nil {
		return err
	}
	x.restore(o)
	return nil
}
