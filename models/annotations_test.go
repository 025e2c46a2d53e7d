package models

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/models/activation"
	"github.com/muster-mc/muster/models/lease"
	"github.com/muster-mc/muster/models/membership"
	"github.com/muster-mc/muster/models/twophase"
	"github.com/muster-mc/muster/models/txn"
)

// Types of states that lack one annotation each: a tag, or the type of a value or of a set of values.
type (
	activationHolder struct {
		Holder  uint8
		Version uint8
		Nodes   [6]activation.Node `muster:"by=NodeID"`
	}
	activationNodes struct {
		Holder  activation.NodeID
		Version uint8
		Nodes   [6]activation.Node
	}

	// twophaseSets has all annotations if each of its types is twophase.RMSet.
	twophaseSets[P, C, A, T ~uint16] struct {
		SentPrepared P
		Committed    C
		Aborted      A
		TMPrepared   T
		TM, Decision uint8
	}

	// membershipNode has all annotations if V is membership.NodeSet.
	membershipNode[V ~uint8] struct {
		Status     uint8
		View       V
		ViewNumber uint8
		Primary    bool
		Term       uint8
		Heartbeat  bool
	}
	membershipSets[V, C ~uint8] struct {
		Nodes [4]membershipNode[V] `muster:"by=NodeID"`
		Cut   [4]C                 `muster:"by=NodeID"`
	}
	membershipNodes struct {
		Nodes [4]membership.Node
		Cut   [4]membership.NodeSet `muster:"by=NodeID"`
	}
	membershipCut struct {
		Nodes [4]membership.Node `muster:"by=NodeID"`
		Cut   [4]membership.NodeSet
	}

	leaseHolder struct {
		Clock   uint8
		Leases  [3]struct{ Holder, Expiry, Token uint8 } `muster:"by=ActorID"`
		Nodes   [4]lease.Node                            `muster:"by=NodeID"`
		Storage [3]uint8                                 `muster:"by=ActorID"`
	}
	leaseLeases struct {
		Clock   uint8
		Leases  [3]lease.Lease
		Nodes   [4]lease.Node `muster:"by=NodeID"`
		Storage [3]uint8      `muster:"by=ActorID"`
	}
	leaseNodes struct {
		Clock   uint8
		Leases  [3]lease.Lease `muster:"by=ActorID"`
		Nodes   [4]lease.Node
		Storage [3]uint8 `muster:"by=ActorID"`
	}
	leaseStorage struct {
		Clock   uint8
		Leases  [3]lease.Lease `muster:"by=ActorID"`
		Nodes   [4]lease.Node  `muster:"by=NodeID"`
		Storage [3]uint8
	}
	// leaseOf has a type for a node.
	leaseOf[N any] struct {
		Clock   uint8
		Leases  [3]lease.Lease `muster:"by=ActorID"`
		Nodes   [4]N           `muster:"by=NodeID"`
		Storage [3]uint8       `muster:"by=ActorID"`
	}
	leaseBeliefs struct {
		Clock     uint8
		Down      bool
		Suspected bool
		Beliefs   [3]lease.Belief
		Writing   [3]uint8 `muster:"by=ActorID"`
	}
	leaseWriting struct {
		Clock     uint8
		Down      bool
		Suspected bool
		Beliefs   [3]lease.Belief `muster:"by=ActorID"`
		Writing   [3]uint8
	}

	txnStore struct {
		Store        txn.Values
		Transactions [4]txn.Transaction `muster:"by=TransactionID"`
	}
	txnTransactions struct {
		Store        txn.Values `muster:"by=Key"`
		Transactions [4]txn.Transaction
	}
	// txnOf has types for a value in the store and for a transaction.
	txnOf[V ~uint8, T any] struct {
		Store        [3]V `muster:"by=Key"`
		Transactions [4]T `muster:"by=TransactionID"`
	}
	// txnTypes has all annotations if its types are txn.KeySet, txn.Value, txn.Value and txn.ValueSet.
	txnTypes[R, W, N, A ~uint8] struct {
		Status   uint8
		Place    uint8
		Reads    R
		Writes   [3]W `muster:"by=Key"`
		Snapshot [3]N `muster:"by=Key"`
		Saw      [3]A `muster:"by=Key"`
	}
	txnWrites struct {
		Status   uint8
		Place    uint8
		Reads    txn.KeySet
		Writes   txn.Values
		Snapshot txn.Values      `muster:"by=Key"`
		Saw      [3]txn.ValueSet `muster:"by=Key"`
	}
	txnSnapshot struct {
		Status   uint8
		Place    uint8
		Reads    txn.KeySet
		Writes   txn.Values `muster:"by=Key"`
		Snapshot txn.Values
		Saw      [3]txn.ValueSet `muster:"by=Key"`
	}
	txnSaw struct {
		Status   uint8
		Place    uint8
		Reads    txn.KeySet
		Writes   txn.Values `muster:"by=Key"`
		Snapshot txn.Values `muster:"by=Key"`
		Saw      [3]txn.ValueSet
	}
)

// TestEachAnnotationIsNeeded takes the annotations of five models away, one at a time, and what they
// declare. Each makes the declaration untrue or refused, but for those that say why not.
func TestEachAnnotationIsNeeded(t *testing.T) {
	for _, nodes := range []int{2, 3} { // a sample of the states is checked, if there are two
		a := annotated[activation.State]{activation.New(activation.Config{Nodes: nodes})}
		a.test(t, []lack[activation.State]{
			{"Holder is NodeID", untrueOf("NodeID"), over[activationHolder](a)},
			{"Nodes by NodeID", untrueOf("NodeID"), over[activationNodes](a)},
		}, []string{
			weaker, // tags alone declare nothing

		})
	}

	p := annotated[twophase.State]{twophase.New(twophase.Config{RMs: 5})}
	type set = twophase.RMSet
	p.test(t, []lack[twophase.State]{
		{"SentPrepared is RMSet", untrueOf("RM"), over[twophaseSets[uint16, set, set, set]](p)},
		// Once one has committed, everyone has prepared and been heard, and there is no other set to go with.
		{"Committed is RMSet", weaker, over[twophaseSets[set, uint16, set, set]](p)},
		{"Aborted is RMSet", untrueOf("RM"), over[twophaseSets[set, set, uint16, set]](p)},
		{"TMPrepared is RMSet", untrueOf("RM"), over[twophaseSets[set, set, set, uint16]](p)},
	}, []string{
		weaker, // tags alone declare nothing
		unused("RM"),
	})

	c := annotated[membership.State]{membership.New(membership.Config{Nodes: 2, MaxView: 2})}
	type nodes = membership.NodeSet
	c.test(t, []lack[membership.State]{
		{"Nodes by NodeID", untrueOf("NodeID"), over[membershipNodes](c)},
		{"Nodes[].View is NodeSet", untrueOf("NodeID"), over[membershipSets[uint8, nodes]](c)},
		{"Cut by NodeID", untrueOf("NodeID"), over[membershipCut](c)},
		{"Cut[] is NodeSet", untrueOf("NodeID"), over[membershipSets[nodes, uint8]](c)},
	}, []string{
		weaker, // tags alone declare nothing
		untrueOf("NodeID"),
	})

	// With one actor the group has two elements, and it does not matter what is an actor's.
	for actors, ofActors := range map[int]string{1: weaker, 2: untrueOf("ActorID")} {
		l := annotated[lease.State]{lease.New(lease.Config{Actors: actors, MaxToken: 1, MaxClock: 2, Writes: true})}
		l.test(t, []lack[lease.State]{
			{"Leases by ActorID", ofActors, over[leaseLeases](l)},
			{"Leases[].Holder is NodeID", untrueOf("NodeID"), over[leaseHolder](l)},
			{"Nodes by NodeID", untrueOf("NodeID"), over[leaseNodes](l)},
			{"Nodes[].Beliefs by ActorID", ofActors, over[leaseOf[leaseBeliefs]](l)},
			{"Nodes[].Writing by ActorID", ofActors, over[leaseOf[leaseWriting]](l)},
			{"Storage by ActorID", ofActors, over[leaseStorage](l)},
		}, []string{
			undeclared("NodeID"), undeclared("ActorID"),
		})
	}

	x := annotated[txn.State]{txn.New(txn.Config{Serializable: true})}
	type (
		keys   = txn.KeySet
		value  = txn.Value
		values = txn.ValueSet
	)
	x.test(t, []lack[txn.State]{
		{"Store by Key", untrueOf("Key"), over[txnStore](x)},
		{"Store[] is Value", untrueOf("Value"), over[txnOf[uint8, txn.Transaction]](x)},
		{"Transactions by TransactionID", unused("TransactionID"), over[txnTransactions](x)},
		{"Transactions[].Reads is KeySet", untrueOf("Key"), over[txnOf[value, txnTypes[uint8, value, value, values]]](x)},
		{"Transactions[].Writes by Key", untrueOf("Key"), over[txnOf[value, txnWrites]](x)},
		{"Transactions[].Writes[] is Value", untrueOf("Value"), over[txnOf[value, txnTypes[keys, uint8, value, values]]](x)},
		{"Transactions[].Snapshot by Key", untrueOf("Key"), over[txnOf[value, txnSnapshot]](x)},
		{"Transactions[].Snapshot[] is Value", untrueOf("Value"), over[txnOf[value, txnTypes[keys, value, uint8, values]]](x)},
		{"Transactions[].Saw by Key", untrueOf("Key"), over[txnOf[value, txnSaw]](x)},
		{"Transactions[].Saw[] is ValueSet", untrueOf("Value"), over[txnOf[value, txnTypes[keys, value, value, uint8]]](x)},
	}, []string{
		undeclared("TransactionID"), undeclared("Key"), untrueOf("Key"),
		weaker, untrueOf("Value"), // no array is indexed by values
	})
}

// representatives are those of the beginning that a search checks, one after the other.
const representatives = 4096

// weaker is the outcome where what is left is true, and merges fewer states.
const weaker = ""

// untrueOf is the outcome where the values of a type are not treated alike.
func untrueOf(name string) string { return ` is not symmetric in ` + name + `: ` }

// undeclared is the outcome where tags have a name that is not declared, and unused where the state has no value
// of a type that is.
func undeclared(name string) string {
	return `the tag says that "` + name + `" is an index of it, and the model declares no such symmetry`
}

func unused(name string) string { return `no part of a state depends on ` + name + `: ` }

// annotated is a model with all annotations that it needs.
type annotated[S any] struct{ *model.Model[S] }

// lack is what a model does without one annotation.
type lack[S any] struct {
	annotation string
	outcome    string // what the error has in it, or weaker
	over       twin
}

// twin is a model over another type of states.
type twin struct {
	state reflect.Type
	check func(o explore.Options) (*explore.Report, error)
}

// test compares what each lack does with what it should do. The lacks must be all that there can be, and the
// outcomes are those without each declaration and, after it, without the sets of it.
func (a annotated[S]) test(t *testing.T, lacks []lack[S], declarations []string) {
	t.Run(a.Name, func(t *testing.T) {
		whole := over[S](a)
		all := annotationsOf(whole.state, a.Symmetry)
		a.isTrue(t, whole)
		for _, l := range lacks {
			t.Run(l.annotation, func(t *testing.T) {
				i := slices.Index(all, l.annotation)
				if i < 0 {
					t.Fatalf("there is no such annotation among %q", all)
				}
				want := slices.Delete(slices.Clone(all), i, i+1)
				if got := annotationsOf(l.over.state, a.Symmetry); !slices.Equal(got, want) {
					t.Fatalf("the twin has the annotations %q, want %q", got, want)
				}
				a.is(t, l.over, l.outcome)
			})
		}
		if len(lacks) != len(all) {
			t.Errorf("%d annotations are taken away of %d: %q", len(lacks), len(all), all)
		}
		i := 0
		without := func(what string, symmetry []model.Symmetry) {
			if i++; i > len(declarations) {
				t.Fatalf("no outcome without %s", what)
			}
			t.Run(what, func(t *testing.T) {
				m := *a.Model
				m.Symmetry = symmetry
				a.is(t, over[S](annotated[S]{&m}), declarations[i-1])
			})
		}
		for j, s := range a.Symmetry {
			without(s.Type.Name(), slices.Delete(slices.Clone(a.Symmetry), j, j+1))
			if len(s.Sets) > 0 {
				rest := slices.Clone(a.Symmetry)
				rest[j].Sets = nil
				without("the sets of "+s.Type.Name(), rest)
			}
		}
		if i != len(declarations) {
			t.Errorf("%d outcomes of %d declarations", len(declarations), i)
		}
	})
}

func (a annotated[S]) is(t *testing.T, w twin, outcome string) {
	if outcome == weaker {
		a.isTrue(t, w)
		return
	}
	_, err := w.check(explore.Options{Symmetry: explore.SymmetryOn, SafetyOnly: true, KeepGoing: true, Workers: 1, MaxStates: representatives})
	var untrue *explore.ContractError
	var refused *explore.ModelError
	if !errors.As(err, &untrue) && !errors.As(err, &refused) || !strings.Contains(err.Error(), outcome) {
		t.Errorf("got %v within %d representatives, want %q", err, representatives, outcome)
	}
}

// isTrue checks that the orbits stand for all states of the model, and that its properties have the same verdicts
// there.
func (a annotated[S]) isTrue(t *testing.T, w twin) {
	o := explore.Options{Symmetry: explore.SymmetryAuto, SafetyOnly: true, KeepGoing: true}
	got, err := w.check(o)
	if err != nil {
		t.Fatal(err)
	}
	o.Symmetry = explore.SymmetryOff
	want, err := explore.Check(t.Context(), a.Model, o)
	if err != nil {
		t.Fatal(err)
	}
	states := got.Counts.Distinct
	if got.Symmetry != nil {
		states = got.Symmetry.States
	}
	if states != want.Counts.Distinct || got.Counts.Depth != want.Counts.Depth {
		t.Errorf("orbits of %d states to depth %d, want %d to %d", states, got.Counts.Depth, want.Counts.Distinct, want.Counts.Depth)
	}
	verdicts := map[string]string{}
	for _, p := range want.Properties {
		verdicts[p.Name] = fmt.Sprint(p.Verdict, length(p))
	}
	for _, p := range got.Properties {
		if says := fmt.Sprint(p.Verdict, length(p)); says != verdicts[p.Name] {
			t.Errorf("%s: %s, want %s", p.Name, says, verdicts[p.Name])
		}
	}
}

// over returns a model over states of the type T, which have the fields of S and lack annotations. Properties that
// are not plain predicates are left out.
func over[T, S any](a annotated[S]) twin {
	m := &model.Model[T]{Name: a.Name, AllowDeadlock: a.AllowDeadlock, Symmetry: a.Symmetry}
	step := func(do func(*S, *model.Choice) bool) func(*T, *model.Choice) bool {
		if do == nil {
			return nil
		}
		return func(s *T, c *model.Choice) bool {
			of := carried[S](s)
			does := do(of, c)
			if does {
				*s = *carried[T](of)
			}
			return does
		}
	}
	predicate := func(says func(*S) bool) func(*T) bool {
		if says == nil {
			return nil
		}
		return func(s *T) bool { return says(carried[S](s)) }
	}
	m.Init, m.Constraint, m.Terminal = step(a.Init), predicate(a.Constraint), predicate(a.Terminal)
	for _, action := range a.Actions {
		m.Actions = append(m.Actions, model.Action[T]{Name: action.Name, Do: step(action.Do)})
	}
	for _, p := range a.Properties {
		q := model.Property[T]{Name: p.Name, Kind: p.Kind, State: predicate(p.State)}
		if p.Step != nil {
			q.Step = func(before, after *T) bool { return p.Step(carried[S](before), carried[S](after)) }
		}
		if q.State != nil || q.Step != nil {
			m.Properties = append(m.Properties, q)
		}
	}
	return twin{reflect.TypeFor[T](), func(o explore.Options) (*explore.Report, error) {
		return explore.Check(context.Background(), m, o)
	}}
}

// carried returns a state of another type with the same fields.
func carried[To, From any](s *From) *To {
	to := new(To)
	carry(reflect.ValueOf(to).Elem(), reflect.ValueOf(s).Elem())
	return to
}

func carry(to, from reflect.Value) {
	switch {
	case to.Type() == from.Type():
		to.Set(from)
	case to.Kind() == reflect.Struct:
		if to.NumField() != from.NumField() {
			panic(fmt.Sprintf("%v has other fields than %v", to.Type(), from.Type()))
		}
		for i := range to.NumField() {
			if name := to.Type().Field(i).Name; name != from.Type().Field(i).Name {
				panic(fmt.Sprintf("%v has the field %s, unlike %v", to.Type(), name, from.Type()))
			}
			carry(to.Field(i), from.Field(i))
		}
	case to.Kind() == reflect.Array:
		if to.Len() != from.Len() {
			panic(fmt.Sprintf("%v is not as long as %v", to.Type(), from.Type()))
		}
		for i := range to.Len() {
			carry(to.Index(i), from.Index(i))
		}
	default:
		to.Set(from.Convert(to.Type()))
	}
}

// annotationsOf are the tags of arrays and the places of values and sets in a type of states.
func annotationsOf(t reflect.Type, declared []model.Symmetry) (list []string) {
	isDeclared := func(t reflect.Type) bool {
		return slices.ContainsFunc(declared, func(s model.Symmetry) bool {
			return s.Type == t || slices.ContainsFunc(s.Sets, func(b model.BitSet) bool { return b.Type == t })
		})
	}
	var walk func(t reflect.Type, path string)
	walk = func(t reflect.Type, path string) {
		switch {
		case isDeclared(t):
			list = append(list, path+" is "+t.Name())
		case t.Kind() == reflect.Array:
			walk(t.Elem(), path+"[]")
		case t.Kind() == reflect.Struct:
			for i := range t.NumField() {
				f := t.Field(i)
				at := strings.TrimPrefix(path+"."+f.Name, ".")
				if names, ok := strings.CutPrefix(f.Tag.Get("muster"), "by="); ok {
					list = append(list, at+" by "+names)
				}
				walk(f.Type, at)
			}
		}
	}
	walk(t, "")
	return list
}
