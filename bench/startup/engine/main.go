// Command engine checks one model and has no command line: it takes what a check
// in a test takes.
package main

import (
	"context"
	"os"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/models/twophase"
)

func main() {
	r, err := explore.Check(context.Background(), twophase.New(twophase.Config{}), explore.Options{})
	if err != nil || r.Verdict != explore.Holds {
		os.Exit(1)
	}
}
