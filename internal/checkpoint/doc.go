// Package checkpoint keeps one file in a directory such that there is always a
// whole one: the file is written beside the old one, brought to the disk, and
// then renamed over it. What the file means is for its users to know.
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
// Nothing of a section is given out before its checksum was verified.
package checkpoint

// Version is that of the format, of which what is in the sections is a part. It
// changes whenever a reader of the old one would misread the new one.
const Version = 1

const (
	magic       = "MusterCheckpoint"
	preamble    = len(magic) + 8
	nameBytes   = 8
	headBytes   = nameBytes + 8
	sumBytes    = 8
	lastSection = "end"
)
