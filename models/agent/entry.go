package agent

import "github.com/muster-mc/muster/catalog"

// Entry is the model on the command line.
var Entry = catalog.Define("agent",
	"an agent's loop with a checkpoint for every message, crashes and pauses",
	New,
	catalog.Bug{
		Name: "skip-checkpoint", Breaks: "CheckpointIntegrity", Length: 5,
		Doc: "messages are worked on without writing a checkpoint",
	},
	catalog.Bug{
		Name: "checkpoint-every-other", Breaks: "CheckpointIsCurrent", Length: 7,
		Doc: "to save writes, only every other iteration writes a checkpoint",
	},
	catalog.Bug{
		Name: "start-unclaimed", Breaks: "SingleActivation", Length: 3,
		Doc: "a node starts the agent without looking whether another has it",
	},
	catalog.Bug{
		Name: "start-afresh", Breaks: "NoRepeatedWork", Length: 9,
		Doc: "a node starts the agent without reading the checkpoint",
	},
	catalog.Bug{
		Name: "load-message-only", Breaks: "StateConsistency", Length: 10,
		Doc: "a node starts at the right message, and counts iterations from zero",
	},
	catalog.Bug{
		Name: "work-ahead", Breaks: "MessageProcessingOrder", Length: 4,
		Doc: "the loop runs without looking whether there is a message",
	},
	catalog.Bug{
		Name: "no-iteration-limit", Breaks: "TypeOK", Length: 7,
		Doc:  "the loop goes on beyond its limit as long as there are messages",
		With: catalog.With{"max-iterations": "1"},
	},
	catalog.Bug{
		Name: "pause-in-memory", Breaks: "PausedConsistency", Length: 4,
		Doc: "a pause is not written to the checkpoint",
	},
	catalog.Bug{
		Name: "forget-pause", Breaks: "PauseIsKept", Length: 7,
		Doc:  "a node that starts the agent does not look whether it was paused",
		With: catalog.With{"keep-pause": "true"},
	},
	catalog.Bug{
		Name: "lazy-loop", Breaks: "EventualCompletion", Length: 4,
		Doc: "the loop may leave messages lying for ever",
	},
	catalog.Bug{
		Name: "never-back", Breaks: "EventualCrashRecovery", Length: 3,
		Doc: "a node that has crashed may stay away for ever",
	},
	catalog.Fix{
		Name: "keep-pause",
		Doc:  "an agent that was paused when its node crashed starts paused",
		With: catalog.With{"keep-pause": "true"},
	},
)
