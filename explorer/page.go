package explorer

import (
	"embed"
	"io/fs"
	"net/http"
	"path"

	"github.com/muster-mc/muster/trace"
)

// page is the page: plain files, which need no build.
//
//go:embed page
var page embed.FS

// kinds are the content types of the page's files. A system's own table may differ.
var kinds = map[string]string{
	".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8",
	".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml",
}

func servePage(w http.ResponseWriter, _ *http.Request) { serveFile(w, "index.html") }

func servePart(w http.ResponseWriter, r *http.Request) { serveFile(w, r.PathValue("file")) }

// serveFile writes a file. The style sheet of the page of a trace is that of package trace.
func serveFile(w http.ResponseWriter, name string) {
	body := []byte(trace.PageStyle())
	if name != "trace.css" {
		var err error
		if body, err = fs.ReadFile(page, path.Join("page", name)); err != nil {
			http.Error(w, "there is no such file", http.StatusNotFound)
			return
		}
	}
	w.Header().Set("Content-Type", kinds[path.Ext(name)])
	_, _ = w.Write(body) // whoever asked may be gone
}
