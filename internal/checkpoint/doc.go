// Package checkpoint stores the state of a run in a file and replaces the file
// atomically. A new checkpoint is written to a second file, synced to the disk, and
// then renamed over the old one. So there is always a complete checkpoint, even if the
// process or the machine fails at any time. The package does not interpret the
// sections of a checkpoint.
//
// # The file
//
//	"MusterCheckpoint"    16 bytes
//	the version           8 bytes
//	sections
//
// and each section is
//
//	its name              8 bytes, filled up with zeros
//	the size of its data  8 bytes
//	its data
//	a checksum            8 bytes: xxHash64 of all of the above
//
// The last section has the name "end" and no data. Numbers are little-endian.
// A reader returns data of a section only after verifying its checksum.
package checkpoint

// Version is the version of the format, including the content of the sections. It
// changes whenever a reader of the old version would misread the new one.
const Version = 1

const (
	magic       = "MusterCheckpoint"
	preamble    = len(magic) + 8
	nameBytes   = 8
	headBytes   = nameBytes + 8
	sumBytes    = 8
	lastSection = "end"
)
