// Package explore visits every state that a model can reach, and checks the
// model's properties in all of them.
//
//	report, err := explore.Check(ctx, m, explore.Options{})
//
// A model is written with package model. In a test, package mctest says the same
// in one line.
//
// # What a report says
//
// A [Report] has one verdict on the run and one on each property, with a trace
// where there is something to show. The run
//
//   - holds, if every reachable state was visited and nothing is wrong;
//   - is violated, if anything was found to be wrong at any point;
//   - is incomplete, if a limit or the context ended it before every state was
//     visited, and nothing was found until then. The Reason says which limit.
//
// Holds is an answer about the model. It rests on the report's Bounds (a constraint,
// faults that were left out, properties that were not asked for), on the chance that
// Store names if it is not zero, and on a model that keeps to the contract below. A
// model in which hardly anything happens holds too. Vacuity lists the parts of a model
// that were never put to the test, such as an action that was never enabled or a
// [model.Implies], a [model.LeadsTo] or another property whose left side was never true, and
// [model.Reachable] claims that something can happen. Without some faults, such a
// claim may be unreached and is not violated.
//
// Two things are checked in every model as if they were properties. [Deadlock]:
// no state is without a successor unless Terminal permits it. [Panic]: the
// model's own code does not panic.
//
// A violation ends the search at once, and a property that was not decided by then is
// unknown; a second property that breaks in the very same state is reported too.
// Options.KeepGoing searches on until each property has its counterexample. A panic
// ends the search in any case.
//
// Counts are those of a search that considers one successor at a time and stops
// at the first thing that ends it.
//
// # How a run works
//
// The search is breadth-first: level by level, the initial states being level 1.
// So the first violation has the shortest counterexample. States are kept encoded, as
// bytes; an action runs on a decoded copy.
//
// A level is cut into blocks of up to 1,024 states, and worked through in rounds
// of many blocks. In a round all workers do the same thing at the same time,
// and wait for each other in between:
//
//  1. Expand. Each worker takes the next block, runs every action in every way
//     on the block's states, encodes and hashes the successors, and writes them into
//     the block, by the worker that owns the hash. Successors that the worker
//     generated recently are dropped.
//  2. Deduplicate. Each worker goes through all blocks, in order, and looks up
//     the states that it owns in its part of the visited set. No other worker
//     touches that part, so there is nothing to lock (Stern and Dill 1997).
//  3. Collect. New states go to the next level in the order in which they were
//     made, and their properties are checked.
//
// That order is the one in which a single queue finds the states: by parent, then by
// action, then by its answers. So results do not depend on the number of workers.
// Every finding has a position in this order. The first one of each kind counts, and
// whatever comes after the end of the search is taken out of the counts again. Counts,
// verdicts and traces are therefore the same on every run that ends by itself. A run
// that is interrupted counts the rounds that it has completed.
//
// # Traces
//
// A run keeps for each state the number of its parent, and its place among the
// parent's successors: about two bytes. A trace is made by running the model again
// along these numbers, so it cannot show a step that the model does not take. Of
// several shortest counterexamples, the report has the one that comes first in the
// order above.
//
// [Replay] runs a trace again by the names of its actions and arguments, on the
// model as it is now, and says at which step the two part. It returns a [Walk],
// which lists the violations at the end of the run and the steps that lead on from
// there, and takes any of them.
//
// # Properties about whole runs
//
// [model.Eventually], [model.LeadsTo] and the like claim something of every fair run,
// by Action.Fair and Model.Progress. They are decided when every state was found and
// nothing was wrong, on the graph of the steps that matter to them. A counterexample
// is a way to a fair cycle, or to a state where a run may stay for ever. It is run
// again and judged by the meaning of the formula before it is shown, with a Loop in
// its trace. All such properties are decided, also after one is violated. All states
// are kept, and the graph takes five bytes or more for each step; if that is more than
// Options.Memory, the run is incomplete. SafetyOnly leaves these properties out.
//
// LIVENESS.md, in this folder, says exactly what a run is, what it owes to fair
// actions, and how the graph is searched.
//
// # Random walks
//
// [Simulate] does not explore a model but walks through it at random, from a seed.
// It is for spaces that are too large: it may find violations, and never says that
// there are none. It checks the same properties as the search and shares no other code
// with it.
//
// # Limits
//
// MaxStates, MaxDepth and Timeout make a run incomplete, and so does cancelling
// the context. Earlier findings stand. The states of the last level that MaxDepth
// permits are checked, but not expanded, so that nothing is known about their steps or
// about deadlocks among them.
//
// A Constraint is no limit of a run but a part of the model: see package model.
//
// # Memory and files
//
// Options.Memory is for the whole process. 40 MiB of it are set aside for the
// program; each part of the run has a share of the rest. The frontier has an eighth and
// the predecessor log a sixteenth; the part that does not fit goes to files. The set of
// visited states has three eighths, and nine sixteenths of the memory beyond 512 MiB;
// when it outgrows its share, it becomes one on disk if Options.Store permits. A run
// that has no memory left in spite of that ends as incomplete. The program says how
// much Go's garbage collector may take beside that (runtime/debug.SetMemoryLimit); the
// command mc does.
//
// The files are in a directory of the run's own below Options.WorkDir. They take 9
// bytes for each visited state, twice that while files are merged, and hold two levels'
// states and the log. Where properties about whole runs are checked, they hold all
// levels' states and the steps between them; LIVENESS.md says more. Where the system
// permits, the files have no names: nothing is left of them, in whichever way the
// process ends. On other systems the next run that uses the work directory removes
// them. Everything that is read from a file is verified by a checksum, which is kept in
// memory. If a file cannot be written, or is not what it was, the run ends as incomplete
// with its counts so far; if that is found only when a trace is made, the error is a
// [WorkDirError].
//
// # Checkpoints
//
// With Options.Checkpoint a run keeps its standing in a directory, and [Resume] goes on
// from there, after an interrupt or a crash, with any number of workers, to the report
// of a run that was never interrupted. A checkpoint is written after a round, where
// nothing is half done: at most once every CheckpointEvery, at the end of a run that
// the context, Timeout or MaxDepth ended, and when every state was found and only the
// properties about whole runs are undecided. A round that is left in the middle has
// only added to the set of visited states, and those states are left out of the
// checkpoint. After MaxStates, which ends a round halfway, the checkpoint is the last
// one that was due. A checkpoint is removed when there is a verdict.
//
// The file holds the counts and findings, the predecessor log, the states that are yet
// to be expanded, and the visited states: themselves if the set is exact, otherwise
// 72 bits of each. A resumed run uses the set that Options.Store asks for. Only an exact
// set cannot be made of fingerprints: then the run goes on with the compact one, or is
// refused if nothing but an exact set will do. Store.Kinds lists the kinds that were in
// use before and after. The file is written beside the old one and renamed over it when
// it is on the disk, so that there is a whole one at any time; each part has a
// checksum. If the file cannot be written, the run ends as incomplete, and the last
// good one stays.
//
// Resume refuses a checkpoint that is damaged, or of another model, other
// parameters, another state type, other actions or properties, or made under
// options that would change the answer. It cannot see that an action does something
// else than before. A directory serves one run at a time.
//
// # What a model must keep to
//
// The search is sound if an action changes nothing before it returns false, if
// it does the same thing whenever it is run on the same state with the same
// answers, and if properties only read. All of this is checked on the first
// 1,024 states, so in a small model everywhere, and on one state in 1,024 from
// there on, by running the model's code a second time (of an action with more than
// 16,384 combinations, that many of them). A breach is a
// [ContractError], which names the action and its arguments and has the trace to
// the state. There is no report then, since no answer could be trusted.
//
// A model that cannot be explored at all, such as one with a float in its state,
// is a [ModelError].
//
// # The set of visited states
//
// An exact set holds the states themselves. A state is known if one with the
// same bytes is there; hashes only say where to look. It misses nothing, and
// takes the state's size and some 12 bytes more.
//
// A compact set does not hold states, only 72 bits of hash for each (Wolper and
// Leroy 1993, Stern and Dill 1995), in 8 bytes by quotienting (Cleary 1984); the
// table has room to spare, so that it is 9 to 19. Two states that agree on all 72
// bits are taken for one; then states that can only be reached through the second are
// not visited. Among n states the chance that this happens even once is less than
// n(n-1)/2 in 2^72: one in a hundred million for ten million states, one in ten
// thousand for a billion. The report has it as Store.MissProbability. TLC lives
// with a like chance, of 64 bits (Yu, Manolios and Lamport 1999).
//
// A set on disk knows states by the same 72 bits, and misses one with the same
// chance. It is a compact set as long as that fits into memory. Then its
// fingerprints go to files, sorted, and only those that were met lately are in
// memory too. A state that is not among these may be new; it is put off, together with
// its block, until the level ends or there is no room for more. Then all such states
// are sorted and looked up together, by reading the files from front to back (Stern and
// Dill 1998, Korf 2004). New states are put into their original order, and the search
// goes on with them as it does in memory. So no file is read at random, and the report
// is the same.
//
// Unless Options.Store says otherwise, the set is exact at first, and becomes compact
// between two rounds when it takes more than a quarter of the memory that
// Options.Memory leaves beside the program. Its states are hashed again, in the order
// in which they came, and the search goes on. A compact set that takes most of its
// share goes to disk in the same way. Store.Kinds lists the kinds that were in use. The
// stated chance is then that of a set that was compact from the beginning, which is
// more than it was.
//
// Verdicts on parts of states ([model.AlwaysOf]) may be remembered by 128 bits of
// the part's hash, whatever the set.
//
// A miss can hide the states behind the one that was missed; it cannot invent a
// trace. Options.Seed changes the hash functions: a second compact run with
// another seed that counts as many states is as good as proof that neither missed
// any.
//
// # Sources
//
//   - J. G. Cleary: Compact Hash Tables Using Bidirectional Linear Probing. IEEE
//     Transactions on Computers C-33(9), 1984.
//   - R. E. Korf: Best-First Frontier Search with Delayed Duplicate Detection. AAAI
//     2004.
//   - U. Stern, D. L. Dill: Using Magnetic Disk instead of Main Memory in the Murphi
//     Verifier. CAV 1998.
//   - P. Wolper, D. Leroy: Reliable Hashing without Collision Detection. CAV 1993.
//   - U. Stern, D. L. Dill: Improved Probabilistic Verification by Hash
//     Compaction. CHARME 1995.
//   - U. Stern, D. L. Dill: Parallelizing the Murphi Verifier. CAV 1997.
//   - Y. Yu, P. Manolios, L. Lamport: Model Checking TLA+ Specifications. CHARME
//     1999.
package explore
