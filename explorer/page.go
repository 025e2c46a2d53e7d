package explorer

import (
	"embed"
	"io/fs"
	"net/http"
	"path"
	"sync"

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

// serveFile writes a file. Two style sheets are made: that of the page of a trace, and that
// of the frame around a picture.
func serveFile(w http.ResponseWriter, name string) {
	var body []byte
	switch name {
	case "trace.css":
		body = []byte(trace.PageStyle())
	case "picture.css":
		body = []byte(pictureStyle())
	default:
		var err error
		if body, err = fs.ReadFile(page, path.Join("page", name)); err != nil {
			http.Error(w, "there is no such file", http.StatusNotFound)
			return
		}
	}
	w.Header().Set("Content-Type", kinds[path.Ext(name)])
	_, _ = w.Write(body) // the browser may be gone
}

// pictureStyle is the style in the frame around a picture. The page puts it there as a
// text, because a frame without an origin loads nothing.
var pictureStyle = sync.OnceValue(func() string {
	own, err := fs.ReadFile(page, "page/picture.css")
	if err != nil {
		panic(err) // it is embedded
	}
	return trace.PageStyle() + string(own)
})
