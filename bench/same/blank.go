package main

import "regexp"

// measured are members of JSON that are times or memory: a number, or an object
// with a bracket of a forecast.
var measured = regexp.MustCompile(`"(seconds|bytes)": (\{[^{}]*\}|[-+.0-9eE]+)`)

// passing are lines of standard error that tell of time: progress and rates begin
// with a digit, and a note comes if a run takes some seconds.
var passing = regexp.MustCompile(`(?m)^([0-9]|note: ).*\n?`)

// blanked is the outcome without what differs from run to run.
func (o outcome) blanked() outcome {
	o.stdout = measured.ReplaceAllString(o.stdout, `"$1": _`)
	o.stderr = passing.ReplaceAllString(o.stderr, "")
	return o
}
