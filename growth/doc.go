// Package growth measures how the state space of a model grows with its
// parameters, finds the law by which it grows, and forecasts sizes that were not
// run.
//
//	sweep, err := growth.ParseSweep(entry, "nodes=1..4")
//	curve, err := growth.Measure(ctx, entry, growth.Options{Sweeps: []growth.Sweep{sweep}})
//
// # A grid under a budget
//
// The model is explored wholly at every point of the grid that the sweeps span,
// from small to large; a violation does not end a run, for it is the size of the
// whole space that is asked for. All runs together have one budget of time, and
// each has one of memory. Before a point is run it is forecast from the smaller
// ones, and if it would not fit, the forecast is all there will be of it. A run
// that turns out not to fit is cut, and its counts are a lower bound.
//
// # Laws
//
// The logarithm of the number of states is fitted, as a sum over the parameters,
// to a power of each or an exponential in each, or both, with and without a term
// for what two parameters do together; of a single parameter polynomials up to
// the third degree are tried too. Larger sizes weigh more, since small ones are
// often special.
//
// Which law is the best is decided by what it would have foretold: each is fitted
// to the points before a point and asked for that one, and the errors of the last
// three such forecasts count. This is forward validation (R. J. Hyndman, G.
// Athanasopoulos: Forecasting: Principles and Practice, 2021, section 5.10). It
// needs no assumption on how errors are distributed, which a criterion such as
// AICc makes, and it judges what a law is for. The error is reported with the law.
//
// # Brackets
//
// A forecast is what the best law says, between a least and a most value. They
// are as far away as twice the law's own error, for each step beyond the largest
// size that was measured, and include what laws foretell that did nearly as well.
// They are no confidence interval: nobody knows how a model goes on. How often
// they were right on the catalogue is kept in bench/growth.
//
// Time and memory are forecast from states and successors, at the rate of the
// largest run.
package growth
