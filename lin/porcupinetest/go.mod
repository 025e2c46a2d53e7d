module github.com/muster-mc/muster/lin/porcupinetest

go 1.26.0

require (
	github.com/anishathalye/porcupine v1.3.1
	github.com/muster-mc/muster v0.0.0
)

replace github.com/muster-mc/muster => ../..
