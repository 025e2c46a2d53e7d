// Package spill keeps in files what a run has no memory for, for as long as the
// run lasts.
//
// A [Directory] is a run's own, below the work directory that the user names. It
// is made when the first file is, and removed at the end of the run. Where the
// system permits it, a file loses its name as soon as it is open, so that it is
// gone with the process, however that ends. What a process left behind all the
// same is removed by the next run that uses the same work directory: each has a
// locked file in its directory, and the lock goes with the process.
//
// A [File] holds records. Whoever appends one gets its [Place], with a checksum,
// and keeps that in memory: nothing in the file says where records begin, and
// what is read back is what was written, or it is an error.
package spill
