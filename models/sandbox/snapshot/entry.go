package snapshot

import "github.com/muster-mc/muster/catalog"

// Entry is the model on the command line.
var Entry = catalog.Define("sandbox/snapshot",
	"snapshots of one virtual machine that are taken at the same time",
	New,
	catalog.Bug{
		Name: "shared", Breaks: "SnapshotConsistency", Length: 8,
		Doc: "two snapshots run side by side, and one resumes the machine under the other",
	},
	catalog.Bug{
		Name: "leave-paused", Breaks: "MachineRunsOn", Length: 4,
		Doc:  "a snapshot that is called off leaves the machine paused",
		With: catalog.With{"cancel": "true"},
	},
	catalog.Fix{
		Name: "exclusive",
		Doc:  "one snapshot at a time, which resumes the machine whatever happens",
		With: catalog.With{"cancel": "true"},
	},
)
