package teleport

import "github.com/muster-mc/muster/catalog"

// Entry is the model on the command line.
var Entry = catalog.Define("teleport",
	"virtual machine snapshots restored across architectures and versions",
	New,
	catalog.Bug{
		Name: "cross-arch", Breaks: "ArchitectureValidation", Length: 4,
		Doc: "a snapshot with processor state is restored on another architecture",
	},
	catalog.Bug{
		Name: "move-while-restoring", Breaks: "ArchitectureValidation", Length: 4,
		Doc: "the host changes between the check of a snapshot and its use",
	},
	catalog.Bug{
		Name: "any-version", Breaks: "VersionCompatibility", Length: 4,
		Doc:  "the version of a snapshot is not compared",
		With: catalog.With{"minors": "2"},
	},
	catalog.Bug{
		Name: "abort-half-way", Breaks: "NoPartialRestore", Length: 4,
		Doc: "a restore that was given up leaves the virtual machine partly overwritten",
	},
	catalog.Bug{
		Name: "overwrite-snapshot", Breaks: "SnapshotConsistency", Length: 3,
		Doc: "a snapshot is taken under a name that is in use",
	},
	catalog.Bug{
		Name: "restore-first-agent", Breaks: "RestoreExact", Length: 4,
		Doc:  "a restore goes to the first agent instead of the snapshot's own",
		With: catalog.With{"agents": "2"},
	},
	catalog.Bug{
		Name: "restore-missing", Breaks: "TypeInvariant", Length: 2,
		Doc: "a snapshot that was never taken is restored",
	},
	catalog.Bug{
		Name: "hung-restore", Breaks: "EventualRestore", Length: 3,
		Doc: "a restore may stop half-way for ever",
	},
	catalog.Bug{
		Name: "mark-late", Breaks: "RestoreIsMarked", Length: 3,
		Doc: "a restore begins to write before it has marked the virtual machine as half done",
	},
)
