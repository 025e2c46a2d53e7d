package catalog_test

import (
	"fmt"
	"testing"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/model"
)

// CodedConfig is that of a model which other packages can make.
type CodedConfig struct {
	Limit int    `flag:"limit" default:"3" min:"0" max:"5"`
	Mode  string `flag:"mode" default:"slow" oneof:"slow fast"`
	Loud  bool   `flag:"loud"`
	Bug   string
}

// NewCoded makes no model.
func NewCoded(CodedConfig) *model.Model[int] { return &model.Model[int]{} }

func TestCode(t *testing.T) {
	e := catalog.Define("coded", "", NewCoded, catalog.Bug{Name: "late", Breaks: "X"})
	for want, s := range map[string]catalog.Settings{
		"catalog_test.NewCoded(catalog_test.CodedConfig{})":                                                 {},
		`catalog_test.NewCoded(catalog_test.CodedConfig{Limit: -1, Mode: "fast", Loud: true, Bug: "late"})`: {With: catalog.With{"limit": "0", "mode": "fast", "loud": "true"}, Bug: "late"},
		"catalog_test.NewCoded(catalog_test.CodedConfig{Limit: 5})":                                         {With: catalog.With{"limit": "5", "mode": "slow"}},
	} {
		if got := e.Code(s); got.Expression != want || fmt.Sprint(got.Imports) != "[github.com/muster-mc/muster/catalog_test]" {
			t.Errorf("got %v; want %s", got, want)
		}
	}
	nameless := catalog.Define("nameless", "", func(CodedConfig) *model.Model[int] { return nil })
	if got := nameless.Code(catalog.Settings{}); got.Expression != "" {
		t.Errorf("a constructor without a name is written %s", got.Expression)
	}
}
