package main

import (
	"sort"
	"strings"

	"github.com/muster-mc/muster/catalog"
)

// sizes has settings for models whose defaults are too large to explore each mutant to
// the end, or violate a property. A model has two sizes if one of them lacks an aspect,
// such as a second client.
var sizes = map[string][]catalog.With{
	"actor/abd":       {{"clients": "1", "servers": "3"}},
	"actor/increment": {{"threads": "3", "atomic": "true"}},
	"actor/lock":      {{"threads": "3"}},
	"actor/register":  {{"clients": "3"}},
	"actor/timers":    {{"pingers": "2", "bound": "2"}},

	// Neither has a size that holds and has an end in reach.
	"actor/lww":  {},
	"actor/raft": {},

	"httpapi": {
		{"agents": "1", "tokens": "1", "max-operations": "1", "reserve": "true", "fingerprint": "true"},
		{"clients": "1", "agents": "2", "tokens": "2", "max-operations": "1", "fingerprint": "true"},
	},
	"invocation": {
		{"agents": "3", "max-depth": "3", "timeout": "1", "max-time": "2", "refuse-wait-cycles": "true", "match-replies": "true"},
	},
	"membership": {
		{"nodes": "2", "max-view": "2"},
		{"nodes": "2", "announce-recovery": "true", "unique-numbers": "true"},
	},
	"txn": {
		{"values": "2"},
	},
}

// sizesOf returns the settings for the audit of a model: those in sizes, or the defaults.
func sizesOf(e catalog.Entry) []catalog.With {
	if list, set := sizes[e.Name]; set {
		return list
	}
	return []catalog.With{nil}
}

// flags returns settings as flags of the command line.
func flags(w catalog.With) string {
	var words []string
	for name, value := range w {
		if value == "true" {
			words = append(words, "--"+name)
		} else {
			words = append(words, "--"+name+" "+value)
		}
	}
	sort.Strings(words)
	return strings.Join(words, " ")
}
