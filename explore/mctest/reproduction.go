package mctest

import (
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/model"
)

// Reproduction fails the test unless the report has a violation of the property, and the
// file has the test that [explore.Reproduce] makes of its run: a test that calls the real
// code of the model alone, to be run with several versions of the code. With
// MUSTER_UPDATE=1 in the environment it writes the file instead. The report is one of the
// model.
func Reproduction[S any](t testing.TB, m *model.Model[S], r *explore.Report, property, file string) {
	t.Helper()
	site := caller()
	for _, p := range r.Properties {
		if p.Name != property || p.Trace == nil || !violated(p) {
			continue
		}
		text, err := explore.Reproduce(t.Context(), m, p)
		if err != nil {
			fatal(t, site, err.Error()+"\n")
		}
		compareWith(t, site, r.Model, file, string(text))
		return
	}
	fatal(t, site, r.Model+" has no run that violates "+property+"\n"+findings(r))
}
