// Command mc checks the models of the catalogue. Run mc help for what it does.
package main

import (
	"os"

	"github.com/muster-mc/muster/command"
	"github.com/muster-mc/muster/models"
)

func main() {
	os.Exit(command.Main(os.Args[1:], os.Stdout, os.Stderr, models.All...))
}
