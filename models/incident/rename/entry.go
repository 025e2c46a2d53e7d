package rename

import "github.com/muster-mc/muster/catalog"

// Entry is the model on the command line.
var Entry = catalog.Define("incident/rename",
	"a file that gets its name before it is synced (go-ethereum)",
	New,
	catalog.Bug{
		Name: "sync-after-rename", Breaks: "FileIsWhole", Length: 6,
		Doc: "the file is renamed and the directory synced before the file is synced",
	},
	catalog.Bug{
		Name: "no-directory-sync", Breaks: "FinishedIsThere", Length: 7,
		Doc: "the directory is not synced after the rename",
	},
	catalog.Fix{
		Name: "sync-before-rename",
		Doc:  "the file is synced, renamed, and then the directory is synced (the default)",
	},
)
