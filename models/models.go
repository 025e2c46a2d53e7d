// Package models lists the catalogue: every model, for the command line and for
// the tests that all models must pass. Each has a folder of its own, with a
// README beside the code.
package models

import (
	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/models/activation"
	"github.com/muster-mc/muster/models/actorstate"
	"github.com/muster-mc/muster/models/agent"
	"github.com/muster-mc/muster/models/httpapi"
	"github.com/muster-mc/muster/models/invocation"
	"github.com/muster-mc/muster/models/lease"
	"github.com/muster-mc/muster/models/lifecycle"
	"github.com/muster-mc/muster/models/linearizability"
	"github.com/muster-mc/muster/models/membership"
	"github.com/muster-mc/muster/models/migration"
	"github.com/muster-mc/muster/models/ownership/zombie"
	"github.com/muster-mc/muster/models/registry"
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
	httpapi.Entry,
	invocation.Entry,
	lease.Entry,
	lifecycle.Entry,
	linearizability.Entry,
	membership.Entry,
	migration.Entry,
	zombie.Entry,
	registry.Entry,
	teleport.Entry,
	twophase.Entry,
	txn.Entry,
	wal.Entry,
}
