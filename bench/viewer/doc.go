// Package viewer tests the page of a trace, mc check --format html, in a real
// browser. It is a module of its own, so that nobody else needs the browser's
// driver:
//
//	cd bench/viewer && go test .
//
// The tests are skipped where there is no Chromium. With -args -pictures DIR they
// leave pictures of the page there.
package viewer
