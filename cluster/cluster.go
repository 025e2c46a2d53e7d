// Package cluster searches on more than one machine, on a queue and a bucket that users
// already have: NATS JetStream, and S3, a shared directory, or any other store behind
// gocloud.dev/blob.
//
// A program with your models in it is three lines:
//
//	func main() {
//		os.Exit(cluster.Main(os.Args[1:], os.Stdout, os.Stderr, queue.Entry))
//	}
//
// Its command check coordinates a run, and its command work is a worker. Workers are started
// by whatever starts processes: a Kubernetes Deployment, a Slurm array, a loop of ssh. All of
// them must be the same build of the program. [The README] has examples, what a run costs,
// and when it is worth it.
//
// The packages below, each importing only those above itself:
//
//	bucket           where blobs are; bucket/cloud has those of this world
//	queue            how tasks and answers travel; queue/jetstream has them on NATS
//	task             a level as three rounds of pure tasks over blobs
//	run              the coordinator and the worker
//	cmd/mc-cluster   the models of the catalogue
//	bench            runs that are killed at random, measured, and compared
//
// [The README]: https://github.com/muster-mc/muster/tree/main/cluster
package cluster

import (
	"io"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/command"
)

// Main runs one command line, without the program's name, and returns the exit status, as
// [command.Main] does.
func Main(args []string, stdout, stderr io.Writer, entries ...catalog.Entry) int {
	return command.MainElsewhere(func() command.Elsewhere { return &place{} }, args, stdout, stderr, entries...)
}
