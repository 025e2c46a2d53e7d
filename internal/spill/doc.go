// Package spill stores data in temporary files when a run exceeds its memory.
//
// Each run has its own [Directory] in the work directory that the user names. The
// directory is created with its first file and removed at the end of the run.
//
// A run that is killed must not leave files behind. Where the system permits it, a
// file is unlinked as soon as it is open, so that it disappears with the process. A
// directory that a killed process has left is removed by the next run in the same work
// directory. To recognise such a directory, each run holds a lock on a file in its
// directory, and the system releases the lock when the process ends.
//
// A [File] is a sequence of records. Appending a record returns its [Place], which has
// a checksum and stays in memory. The file itself does not mark where records begin.
// Reading returns the data that was written, or an error.
package spill
