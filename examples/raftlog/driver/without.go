//go:build !with_tla

package main

import (
	"errors"
	"io"
)

// run refuses: without the tag the library traces nothing.
func (s schedule) run(io.Writer) error {
	return errors.New("the library traces nothing: build with -tags with_tla")
}
