package viewer

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/conform"
	"github.com/muster-mc/muster/models"
)

// logs are those of a transaction manager and two resource managers. The second resource
// manager breaks its promise.
var logs = []conform.Input{
	{Name: "tm.ndjson", Data: []byte(`{"msg": "told prepared", "rm": 0}
{"msg": "told prepared", "rm": 1}
{"msg": "decided commit"}
`)},
	{Name: "rm0.ndjson", Data: []byte(`{"msg": "prepared", "rm": 0}
{"msg": "committed", "rm": 0}
`)},
	{Name: "rm1.ndjson", Data: []byte(`{"msg": "prepared", "rm": 1}
{"msg": "aborted", "rm": 1, "why": "<img src=x onerror=alert(1)>"}
`)},
}

// serveLogs serves what the logs are compared with.
func serveLogs(t *testing.T, s catalog.Settings) string {
	t.Helper()
	for _, e := range models.All {
		if e.Name != "twophase" {
			continue
		}
		m, err := e.Open(s)
		if err != nil {
			t.Fatal(err)
		}
		r, err := m.Conform(t.Context(), logs, conform.Options{})
		if err != nil {
			t.Fatal(err)
		}
		return serveWith(t, catalogued(t, "twophase", s), r)
	}
	t.Fatal("there is no such model")
	return ""
}

// The place where logs are rejected is where the page opens, with the record that is not
// possible, why, and the records on the way.
func TestRejectedLog(t *testing.T) {
	b := open(t, serveLogs(t, catalog.Settings{With: catalog.With{"rms": "2"}}))
	b.want("#place", "state 7 of 7")
	b.want(".log-verdict", "the log is rejected: 6 of 7 records match, and the model may be in 1 state after them")
	b.want(".rejected h3", "not possible: record 2, rm1.ndjson:2 aborted")
	if got := b.text(".rejected"); !strings.Contains(got, "RMChooseToAbort") || !strings.Contains(got, "The record was possible 4 records earlier.") || !strings.Contains(got, `"why": "<img src=x onerror=alert(1)>"`) {
		t.Errorf("the reasons are %s", got)
	}
	b.want("#steps li:nth-child(3) .record-mark", "tm.ndjson:1 told prepared")
	b.want("#steps li:nth-child(1) .record-mark", "")
	for _, scheme := range []string{"light", "dark"} {
		b.prefer(scheme)
		for _, size := range sizes {
			b.resize(size.width, size.height)
			what := fmt.Sprintf("log, %s, %d", scheme, size.width)
			if width := read[int64](t, b, `document.documentElement.scrollWidth`); width > size.width {
				t.Errorf("%s: it is %d wide", what, width)
			}
			b.accessible(what)
			b.picture(fmt.Sprintf("explorer-log-%s-%d.png", scheme, size.width))
		}
	}
	b.press(kb.ArrowLeft)
	b.want(".record strong", "decided commit")
	b.want(".rejected", "")
	b.press(kb.Home)
	b.press("1") // TMAbort
	if got := b.text("#log"); !strings.Contains(got, "This run has left the log after state 1.") {
		t.Errorf("off the log the page says %s", got)
	}
	address := b.address()
	fresh := open(t, address)
	if got, want := fresh.text("#log"), b.text("#log"); got != want {
		t.Errorf("a fresh browser says %s; want %s", got, want)
	}
}

// Logs of a model that has the bug too are accepted, and the page opens where the run violates
// a property.
func TestAcceptedLogThatViolates(t *testing.T) {
	b := open(t, serveLogs(t, catalog.Settings{With: catalog.With{"rms": "2"}, Bug: "break-promise"}))
	b.want("#place", "state 8 of 8")
	if got := b.text("#log"); !strings.HasPrefix(got, "the log is accepted: all 7 records match") || !strings.Contains(got, "the run violates Consistent") {
		t.Errorf("the page says %s", got)
	}
	b.press(kb.Home)
	b.button("go to the end of the log")
	b.want("#place", "state 8 of 8")
}
