// Package growth measures how the state space of a model grows with its parameters,
// fits a law to the growth, and forecasts sizes that were not run.
//
//	sweep, err := growth.ParseSweep(entry, "nodes=1..4")
//	curve, err := growth.Measure(ctx, entry, growth.Options{Sweeps: []growth.Sweep{sweep}})
//
// # Measuring a grid
//
// The sweeps span a grid of sizes. The model is explored completely at each point of
// the grid, from small to large. A violation does not end a run, since the size of the
// whole space is measured. All runs share a limit of time, and each run has a limit of
// memory. Before a run, its size is forecast from the smaller points, and a point that
// would exceed a limit is not run. A run that exceeds a limit is cut short; its counts
// are lower bounds.
//
// # Laws
//
// A law is a formula for the number of states. Its logarithm is a sum over the
// parameters of a term for a power, a term for an exponential, or both, with or
// without terms for pairs of parameters. For a single parameter, polynomials up to the
// third degree are possible too. Laws are fitted by least squares; larger sizes have
// larger weights, since small ones are often special.
//
// The best law is the one that would have made the best forecasts. Each law is fitted
// to the points before a point and forecasts that point; the errors of the last three
// such forecasts count. This is forward validation (R. J. Hyndman, G. Athanasopoulos:
// Forecasting: Principles and Practice, 2021, section 5.10). In contrast to a criterion
// such as AICc, forward validation needs no assumption about the distribution of
// errors. The error is reported with the law.
//
// # Brackets
//
// A forecast is the value of the best law, with a least and a most value. Their
// distance is twice the law's error for each step beyond the largest measured size, and
// they include the forecasts of laws that are nearly as good. A bracket is not a
// confidence interval, because the model need not follow any of the laws. Bench/growth
// has the share of brackets of the catalogue that were right.
//
// Forecasts of time and memory are proportional to those of successors and states, at
// the rates of the largest run.
package growth
