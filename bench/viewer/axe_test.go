package viewer

import (
	"archive/tar"
	"compress/gzip"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"sync"

	"github.com/chromedp/chromedp"
)

// axePackage is the accessibility checker, which npm fetches when the tests run.
const axePackage = "axe-core@4.14.1"

// axe is the script of the checker, or an error if it cannot be fetched.
var axe = sync.OnceValues(func() (script string, err error) {
	dir, err := os.MkdirTemp("", "axe")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(dir)
	c := exec.Command("npm", "pack", "--silent", axePackage)
	c.Dir = dir
	if err := c.Run(); err != nil {
		return "", err
	}
	packed, err := filepath.Glob(filepath.Join(dir, "*.tgz"))
	if err != nil || len(packed) != 1 {
		return "", errors.New("npm pack has written no package")
	}
	return fileIn(packed[0], "package/axe.min.js")
})

// fileIn is a file in a package.
func fileIn(packed, name string) (string, error) {
	f, err := os.Open(packed)
	if err != nil {
		return "", err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return "", err
	}
	for r := tar.NewReader(z); ; {
		h, err := r.Next()
		if err != nil {
			return "", err
		}
		if h.Name == name {
			body, err := io.ReadAll(r)
			return string(body), err
		}
	}
}

// accessible fails the test for each finding of the checker, by the rules of WCAG 2.2 A and
// AA and the checker's own best practices.
func (b *tab) accessible(what string) {
	b.t.Helper()
	script, err := axe()
	if err != nil {
		b.t.Skipf("%s cannot be fetched: %v", axePackage, err)
	}
	if !read[bool](b.t, b, `typeof axe === "object"`) {
		read[bool](b.t, b, script+"; true")
	}
	// Colours that are on their way to others are neither.
	b.until(`document.getAnimations().every(a => !(a instanceof CSSTransition) || a.playState !== "running")`)
	const run = `axe.run().then(r => r.violations.map(v => v.id + ": " + v.help + ": " + v.nodes.map(n => n.html + " " + n.any.map(a => a.message).join(" ")).slice(0, 4).join(" | ")).join("\n"))`
	got, err := chromedp.Run(b, chromedp.Evaluate[string](run, chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatal(err)
	}
	if got != "" {
		b.t.Errorf("%s: %s", what, got)
	}
}
