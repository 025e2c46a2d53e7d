package explorer_test

import (
	"context"
	"fmt"
	"io"
	"log"
	"net/http"
	"strings"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explorer"
	"github.com/muster-mc/muster/model"
)

// A program serves the page of a model, and ends it when it likes.
func Example() {
	m := &model.Model[int8]{
		Name:       "falls",
		Actions:    []model.Action[int8]{{Name: "Fall", Do: func(s *int8, _ *model.Choice) bool { *s--; return *s > -5 }}},
		Properties: []model.Property[int8]{model.Always("High", func(s *int8) bool { return *s > -2 })},
		Constraint: func(s *int8) bool { return *s > -4 },
	}
	s, err := explorer.New(explorer.Options{Model: explore.Of(m), Open: explorer.Position{Steps: "Fall Fall"}})
	if err != nil {
		log.Fatal(err)
	}
	defer s.Close()
	l, err := explorer.Listen("")
	if err != nil {
		log.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error)
	go func() { done <- s.Serve(ctx, l) }()

	link := s.Link(l.Addr())
	address, fragment, _ := strings.Cut(link, "#")
	fmt.Println(strings.TrimSuffix(fragment, s.Token()))
	question, err := http.NewRequest("POST", address+"api/at", strings.NewReader(`{"steps": "Fall Fall", "since": 2}`))
	if err != nil {
		log.Fatal(err)
	}
	question.Header.Set(explorer.TokenHeader, s.Token())
	question.Header.Set("Content-Type", "application/json")
	answer, err := http.DefaultClient.Do(question)
	if err != nil {
		log.Fatal(err)
	}
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		log.Fatal(err)
	}
	before, _, _ := strings.Cut(string(body), `,"same"`)
	fmt.Println(before)

	cancel()
	fmt.Println(<-done)
	// Output:
	// falls?steps=Fall+Fall&token=
	// {"number":3,"trace":[{"number":3,"label":"Fall","step":"Fall","action":"Fall","changes":[{"path":"","before":"-1","after":"-2"}]}]
	// <nil>
}
