// Package liveness decides properties about whole runs: formulas of linear temporal
// logic, under the assumption that runs are fair. explore/LIVENESS.md defines runs,
// formulas, fairness and verdicts; this comment is the map of the code.
//
// # The question
//
// A property is violated if a fair run makes its formula false. In a
// finite graph such a run exists only if one exists that is a lasso: a stem, and then
// a loop that is repeated for ever, or a last state in which the run stays for ever.
// The package looks for a lasso with the shortest stem.
//
// # From a formula to an answer
//
//  1. formula.go splits the formula into claims, the members of its outermost
//     conjunction. Each claim is searched by itself: a run that breaks one of them
//     breaks the property, and small claims need small automata or none.
//  2. query.go prepares each claim. Its plain parts, each about a single state, become
//     atoms. branch.go describes the runs that break the claim by branches, if it can:
//     a branch demands a predicate of the first state or of all states, or of all
//     states from some state on, and conditions on the loop, which are Streett pairs.
//     expression.go has the predicates and events of branches.
//  3. While the search for states is running, builder.go gets the steps of each round.
//     expander.go asks every atom once of every state, and relevant.go selects the
//     states to which a run that breaks a claim can come; only their edges are made,
//     from the search's notes (noted.go). labels.go and combinations.go label each
//     edge with its action, and with arguments if fairness tells them apart.
//  4. When all states are known, graph.go makes the missing edges: expander.go takes
//     the steps of those states again, and pending.go looks up where they lead. Labels
//     are then sorted, because their first order depends on the timing of the workers.
//  5. decide.go puts the claims to the graph. A claim with branches is searched in the
//     graph itself (query.go). For any other claim, translate.go makes the automaton
//     of its negation, and product.go searches the product of graph and automaton;
//     shorten.go then looks for a shorter run than that of the product. The search for
//     fair components and for stem and loop is that of package digraph.
//  6. counterexample.go has the model take the run that was found, step by step, and
//     verify.go judges it. inside.go finds out whether a property holds only because no
//     fair run stays inside the model's constraint.
//
// # What is verified
//
// A counterexample is shown only after [Verify] accepts it. Verify sees the trace and
// the claim, and neither graph, edges, branches nor automaton. It runs the model along
// the trace (ways.go) and demands that each step exists and changes the state, that
// the last state is the one where the loop begins, that the loop is fair by the steps
// possible in its states (witness.go), and that the claim is false by the definitions
// of the operators (meaning.go). An error in the search or in an optimisation thus
// cannot show a wrong counterexample, nor can a model that does not repeat its steps.
// The verdict "holds" has no such witness: it relies on the search, and the tests
// compare it with slow definitions on random graphs and formulas.
//
// # What must hold
//
// The edges of every relevant state are complete, or the property stays undecided: a
// missing edge could hide a violation, and could also make a loop look fair that is
// not. Steps that leave the constraint are edges to [digraph.Nowhere], since fairness
// asks for all that is possible. Answers and traces do not depend on the number of
// workers. [Tuning] and the size of the memory change no verdict, as long as the
// memory suffices.
//
// # Sources
//
//   - R. Gerth, D. Peled, M. Y. Vardi, P. Wolper: Simple On-the-fly Automatic
//     Verification of Linear Temporal Logic. PSTV 1995 (the automata, in package buchi).
//   - E. A. Emerson, C.-L. Lei: Modalities for Model Checking: Branching Time Logic
//     Strikes Back. Science of Computer Programming 8(3), 1987 (fair components, in
//     package digraph).
//   - L. Lamport: The Temporal Logic of Actions. ACM TOPLAS 16(3), 1994 (weak and
//     strong fairness).
package liveness
