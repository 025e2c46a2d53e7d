package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/explore"
)

// table is that of one model.
type table struct {
	ctx     context.Context
	w       io.Writer
	options explore.Options
	entry   catalog.Entry
}

func (t table) print() error {
	fmt.Fprintf(t.w, "## %s\n\n%s: `%s`\n\n%s\n", t.entry.Name, t.entry.Summary, defaults(t.entry), heading)
	base, err := t.row(nil)
	if err != nil {
		return err
	}
	for _, p := range t.entry.Parameters {
		if err := t.vary(p, base); err != nil {
			return err
		}
	}
	fmt.Fprintln(t.w)
	return nil
}

// vary gives one parameter other values.
func (t table) vary(p catalog.Parameter, base row) error {
	if p.Type != "int" {
		return t.each(p, otherWords(p))
	}
	if err := t.each(p, smaller(p)); err != nil {
		return err
	}
	return t.raise(p, base)
}

func (t table) each(p catalog.Parameter, values []string) error {
	for _, v := range values {
		if _, err := t.row(catalog.With{p.Name: v}); err != nil {
			return err
		}
	}
	return nil
}

// raise gives a number larger values until there is nothing more to see.
func (t table) raise(p catalog.Parameter, last row) error {
	for _, v := range larger(p) {
		if last.isCut() {
			break
		}
		next, err := t.row(catalog.With{p.Name: v})
		if err != nil {
			return err
		}
		if next.isAsLargeAs(last) {
			break
		}
		last = next
	}
	return nil
}

// row runs the model and prints what came of it.
func (t table) row(with catalog.With) (row, error) {
	r, err := run(t.ctx, t.options, t.entry, with)
	if err == nil {
		fmt.Fprintln(t.w, r)
	}
	return r, err
}

// defaults is the default size as flags.
func defaults(e catalog.Entry) string {
	var flags []string
	for _, p := range e.Parameters {
		if p.Type == "int" {
			flags = append(flags, "--"+p.Name+" "+p.Default)
		}
	}
	return strings.Join(flags, " ")
}
