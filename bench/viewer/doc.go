// Package viewer tests the page of a trace, mc check --format html, in a real
// browser. It is a separate module, so that other users of this module do not need the
// browser's driver:
//
//	cd bench/viewer && go test .
//
// The tests are skipped without Chromium. With -args -pictures DIR they write pictures of
// the page to DIR.
package viewer
