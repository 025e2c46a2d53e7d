// Command mc-cluster checks the models of the catalogue on several machines. Run mc-cluster
// help for what it does.
package main

import (
	"os"

	"github.com/muster-mc/muster/cluster"
	"github.com/muster-mc/muster/models"
)

func main() {
	os.Exit(cluster.Main(os.Args[1:], os.Stdout, os.Stderr, models.All...))
}
