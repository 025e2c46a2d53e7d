package explore

import "github.com/muster-mc/muster/internal/search"

// Cut returns the options with work cut into pieces of these sizes.
func (o Options) Cut(fragmentStates, blockStates, roundBlocks int) Options {
	o.tuning = tuning{Tuning: search.Tuning{FragmentStates: fragmentStates, BlockStates: blockStates, RoundBlocks: roundBlocks, SmallRound: -1}}
	return o
}

// Tiny returns the options with as little memory as they say.
func (o Options) Tiny() Options {
	o.tuning.Tiny = true
	return o
}

// TextOf shows a report without what differs between runs.
var TextOf = textOf

// FirstDifference shows where two texts part.
var FirstDifference = firstDifference

// ForecastOf goes by the sizes of these levels.
var ForecastOf = forecast
