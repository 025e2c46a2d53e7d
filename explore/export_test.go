package explore

// Cut returns the options with work cut into pieces of these sizes.
func (o Options) Cut(fragmentStates, blockStates, roundBlocks int) Options {
	o.tuning = tuning{fragmentStates: fragmentStates, blockStates: blockStates, roundBlocks: roundBlocks}
	return o
}

// Tiny returns the options with as little memory as they say.
func (o Options) Tiny() Options {
	o.tuning.tiny = true
	return o
}

// TextOf shows a report without what differs between runs.
var TextOf = textOf

// FirstDifference shows where two texts part.
var FirstDifference = firstDifference

// ForecastOf goes by the sizes of these levels.
var ForecastOf = forecast
