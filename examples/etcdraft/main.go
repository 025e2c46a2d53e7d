// Command etcdraft checks etcd's raft library as it is: the same commands and flags as
// Muster's catalogue has.
//
//	go run . check etcdraft --nodes 3 --campaigns 2 --campaigners 0,1 --reads 2,1 --network links
//	go run -modfile=go.v360.mod -tags=v360 . check etcdraft --nodes 3 --campaigns 2 --campaigners 0,1 --reads 2,1
//	go run . bugs
package main

import (
	"os"

	"example.com/etcdraft/cluster"
	"github.com/muster-mc/muster/command"
)

func main() { os.Exit(command.Main(os.Args[1:], os.Stdout, os.Stderr, cluster.Entry)) }
