package explorer

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"sync"

	"github.com/muster-mc/muster/trace"
)

// page is the page: plain files, which need no build.
//
//go:embed page
var page embed.FS

// document is the page as it is served: one file with the styles and the script in it, because
// a browser shows the first state in a third less time than with a fetch for each, and the
// policy that lets a browser use exactly these.
type document struct {
	html   []byte
	policy string
}

var served = sync.OnceValue(func() document {
	d, err := assemble(page)
	if err != nil {
		panic(err) // the files are embedded, and a test assembles them
	}
	return d
})

// The lines of index.html in whose place the styles and the script come.
const (
	styleLine  = `<link rel="stylesheet" href="explorer.css">`
	scriptLine = `<script type="module" src="main.js"></script>`
)

// assemble makes the page of its files.
func assemble(files fs.FS) (document, error) {
	html, err := text(files, "page/index.html")
	if err != nil {
		return document{}, err
	}
	layout, err := text(files, "page/explorer.css")
	if err != nil {
		return document{}, err
	}
	script, err := bundle(files, "page", "main")
	if err != nil {
		return document{}, err
	}
	style := strings.ReplaceAll(trace.PageStyle(), "\r\n", "\n") + layout
	for _, x := range []struct{ line, tag, attributes, content string }{
		{styleLine, "style", "", style}, {scriptLine, "script", ` type="module"`, script},
	} {
		if strings.Count(html, x.line) != 1 || strings.Contains(x.content, "</"+x.tag) || strings.Contains(x.content, "<!--") {
			return document{}, fmt.Errorf("index.html must have %s once, and what comes in its place must not end the element", x.line)
		}
		html = strings.Replace(html, x.line, "<"+x.tag+x.attributes+">"+x.content+"</"+x.tag+">", 1)
	}
	return document{[]byte(html), policyOf(script, style, pictureStyle())}, nil
}

// policyOf is the content security policy of the page. The script and the styles are known by
// their hashes, and no others are permitted, wherever they come from. All else comes from the
// server itself. A picture is drawn in a frame without scripts, which has a style of its
// own, and it may have style attributes.
func policyOf(script, style, picture string) string {
	return "default-src 'self'; script-src " + hashOf(script) + "; style-src " + hashOf(style) + " " + hashOf(picture) + "; style-src-attr 'unsafe-inline'; " +
		"base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'"
}

func hashOf(content string) string {
	sum := sha256.Sum256([]byte(content))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// text is a file with the ends of lines that a browser sees, whatever those of the checkout are.
func text(files fs.FS, name string) (string, error) {
	content, err := fs.ReadFile(files, name)
	return string(bytes.ReplaceAll(content, []byte("\r\n"), []byte("\n"))), err
}

// kinds are the content types of the page's files. A system's own table may differ.
var kinds = map[string]string{
	".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml",
}

func servePage(w http.ResponseWriter, _ *http.Request) { serveFile(w, "index.html", served().html) }

// servePart serves what the page fetches on its own: its icon, and the style of the frame
// around a picture.
func servePart(w http.ResponseWriter, r *http.Request) {
	switch name := r.PathValue("file"); name {
	case "picture.css":
		serveFile(w, name, []byte(pictureStyle()))
	case "icon.svg":
		icon, err := fs.ReadFile(page, "page/icon.svg")
		if err != nil {
			panic(err) // it is embedded
		}
		serveFile(w, name, icon)
	default:
		fail(w, http.StatusNotFound, errors.New("there is no such file"))
	}
}

func serveFile(w http.ResponseWriter, name string, content []byte) {
	w.Header().Set("Content-Type", kinds[path.Ext(name)])
	_, _ = w.Write(content) // the browser may be gone
}

// pictureStyle is the style in the frame around a picture. The page puts it there as a
// text, because a frame without an origin loads nothing.
var pictureStyle = sync.OnceValue(func() string {
	own, err := text(page, "page/picture.css")
	if err != nil {
		panic(err) // it is embedded
	}
	return strings.ReplaceAll(trace.PageStyle(), "\r\n", "\n") + own
})
