// The module is not to be tidied: go mod tidy looks at the files for all versions of the
// library at once, and each go.mod of this folder is for one of them. Instead:
//
//	go build -mod=mod -modfile=go.v360.mod -tags=v360 ./...
module example.com/etcdraft

go 1.26.0

require (
	github.com/muster-mc/muster v0.0.0
	go.etcd.io/raft/v3 v3.6.0
)

require (
	github.com/cespare/xxhash/v2 v2.3.0 // indirect
	github.com/dgraph-io/ristretto/v2 v2.4.2 // indirect
	github.com/dustin/go-humanize v1.0.1 // indirect
	github.com/gogo/protobuf v1.3.2 // indirect
	github.com/golang/protobuf v1.5.4 // indirect
	github.com/spf13/pflag v1.1.0 // indirect
	golang.org/x/sys v0.49.0 // indirect
	golang.org/x/term v0.47.0 // indirect
	google.golang.org/protobuf v1.33.0 // indirect
)

replace github.com/muster-mc/muster => ../..
