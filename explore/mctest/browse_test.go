package mctest

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explorer"
	"github.com/muster-mc/muster/model"
)

// falls is a model that breaks its claim in two steps.
func falls() *model.Model[int8] {
	return &model.Model[int8]{
		Name:       "falls",
		Actions:    []model.Action[int8]{{Name: "Fall", Do: func(s *int8, _ *model.Choice) bool { *s--; return *s > -5 }}},
		Properties: []model.Property[int8]{model.Always("High", func(s *int8) bool { return *s > -2 })},
		Constraint: func(s *int8) bool { return *s > -4 },
	}
}

// The page opens at the violation, and is there until the context ends.
func TestBrowse(t *testing.T) {
	r, err := explore.Check(t.Context(), falls(), explore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var got string
	var page []byte
	open := func(link string) error {
		got = link
		go func() {
			defer cancel()
			answer, err := http.Get(link)
			if err != nil {
				t.Error(err)
				return
			}
			defer answer.Body.Close()
			page, _ = io.ReadAll(answer.Body)
		}()
		return nil
	}
	var out strings.Builder
	if err := browse(ctx, explorer.Options{Model: explore.Of(falls()), Open: violationIn(r)}, &out, open); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(got, "#falls?steps=Init+Fall+Fall&token=") || !strings.HasPrefix(out.String(), got+"\n") {
		t.Errorf("the link is %s, and it prints %s", got, &out)
	}
	if !strings.Contains(string(page), "Muster explorer") {
		t.Errorf("the page is %s", page)
	}
}

func TestExploreDoesNothingUnlessAsked(t *testing.T) {
	t.Setenv(envExplore, "")
	Explore(t, falls())
}
