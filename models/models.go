// Package models lists the catalogue: every model, for the command line and for
// the tests that all models must pass. Each has a folder of its own, with a
// README beside the code.
package models

import (
	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/models/activation"
	"github.com/muster-mc/muster/models/actorstate"
	"github.com/muster-mc/muster/models/agent"
	"github.com/muster-mc/muster/models/cluster/election"
	"github.com/muster-mc/muster/models/cluster/failover"
	"github.com/muster-mc/muster/models/cluster/handover"
	"github.com/muster-mc/muster/models/cluster/heartbeat"
	"github.com/muster-mc/muster/models/cluster/join"
	"github.com/muster-mc/muster/models/cluster/locks"
	"github.com/muster-mc/muster/models/cluster/placement"
	"github.com/muster-mc/muster/models/cluster/rpc"
	"github.com/muster-mc/muster/models/cluster/splitbrain"
	"github.com/muster-mc/muster/models/httpapi"
	"github.com/muster-mc/muster/models/invocation"
	"github.com/muster-mc/muster/models/lease"
	"github.com/muster-mc/muster/models/lifecycle"
	"github.com/muster-mc/muster/models/linearizability"
	"github.com/muster-mc/muster/models/membership"
	"github.com/muster-mc/muster/models/migration"
	"github.com/muster-mc/muster/models/ownership/zombie"
	"github.com/muster-mc/muster/models/registry"
	"github.com/muster-mc/muster/models/runtime/dispatcher"
	"github.com/muster-mc/muster/models/sandbox/exit"
	"github.com/muster-mc/muster/models/sandbox/pause"
	"github.com/muster-mc/muster/models/sandbox/snapshot"
	"github.com/muster-mc/muster/models/sandbox/start"
	"github.com/muster-mc/muster/models/server/block"
	"github.com/muster-mc/muster/models/server/create"
	"github.com/muster-mc/muster/models/server/search"
	"github.com/muster-mc/muster/models/server/shutdown"
	"github.com/muster-mc/muster/models/server/startup"
	"github.com/muster-mc/muster/models/teleport"
	"github.com/muster-mc/muster/models/twophase"
	"github.com/muster-mc/muster/models/txn"
	"github.com/muster-mc/muster/models/wal"
)

// All is every model, by name.
var All = []catalog.Entry{
	activation.Entry,
	actorstate.Entry,
	agent.Entry,
	election.Entry,
	failover.Entry,
	handover.Entry,
	heartbeat.Entry,
	join.Entry,
	locks.Entry,
	placement.Entry,
	rpc.Entry,
	splitbrain.Entry,
	httpapi.Entry,
	invocation.Entry,
	lease.Entry,
	lifecycle.Entry,
	linearizability.Entry,
	membership.Entry,
	migration.Entry,
	zombie.Entry,
	registry.Entry,
	dispatcher.Entry,
	exit.Entry,
	pause.Entry,
	snapshot.Entry,
	start.Entry,
	block.Entry,
	create.Entry,
	search.Entry,
	shutdown.Entry,
	startup.Entry,
	teleport.Entry,
	twophase.Entry,
	txn.Entry,
	wal.Entry,
}
