// Package viewer tests the page of a trace, mc check --format html, and the explorer, mc
// explore, in a real browser. It is a separate module, so that other users of this module do not need the
// browser's driver:
//
//	cd bench/viewer && go test .
//
// How long the first page of the explorer takes, beside a page of one line, and how long steps of
// a long run and of a large state take:
//
//	cd bench/viewer && go test -v -run 'TestFirstPage|TestSpeed' .
//
// The tests are skipped without Chromium, and those of accessibility without npm, which
// fetches axe-core. With -args -pictures DIR they write pictures of
// the page to DIR.
package viewer
