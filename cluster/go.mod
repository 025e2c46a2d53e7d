module github.com/muster-mc/muster/cluster

go 1.26.0

require (
	github.com/cespare/xxhash/v2 v2.3.0
	github.com/muster-mc/muster v0.0.0
	pgregory.net/rapid v1.3.0
)

require (
	github.com/dgraph-io/ristretto/v2 v2.4.2 // indirect
	github.com/dustin/go-humanize v1.0.1 // indirect
	github.com/stretchr/testify v1.12.1 // indirect
	golang.org/x/sys v0.50.0 // indirect
)

replace github.com/muster-mc/muster => ..
