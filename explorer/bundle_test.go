package explorer

import (
	"bytes"
	"io/fs"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
)

func TestBundle(t *testing.T) {
	files := fstest.MapFS{
		"m/main.js": {Data: []byte("// The first.\n\nimport { a, b as c } from \"./one.js\";\nimport * as two from \"./two.js\";\nstart(a, c, two.f);\n")},
		"m/one.js":  {Data: []byte("export const a = 1;\r\nexport function b() { return 2; }\r\n")},
		"m/two.js":  {Data: []byte("import { a } from \"./one.js\";\nexport async function f() {\nreturn a;\n}\nexport class G { }\n")},
	}
	got, err := bundle(files, "m", "main")
	if err != nil {
		t.Fatal(err)
	}
	want := `// one.js
const $one = (() => {
const a = 1;
function b() { return 2; }
return { a, b };
})();
// two.js
const $two = (() => {
const { a } = $one;
async function f() {
return a;
}
class G { }
return { f, G };
})();
// main.js
const $main = (() => {
// The first.

const { a, b: c } = $one;
const two = $two;
start(a, c, two.f);
return {  };
})();
`
	if got != want {
		t.Errorf("got\n%s; want\n%s", got, want)
	}
}

// Whatever a bundle would get wrong is an error, and names the line.
func TestWhatIsNotBundled(t *testing.T) {
	for source, want := range map[string]string{
		"import \"./other.js\";":                      "main.js:1: this cannot be bundled",
		"\nimport { a } from \"https://a.b/c.js\";":   "main.js:2: this cannot be bundled",
		"import x from \"./other.js\";":               "main.js:1: this cannot be bundled",
		"export let changes = 1;":                     "main.js:1: this cannot be bundled",
		"export default 1;":                           "main.js:1: this cannot be bundled",
		"export { a };":                               "main.js:1: this cannot be bundled",
		"export const { a } = b;":                     "main.js:1: this cannot be bundled",
		"import { a, b } from \"./other.js\";":        "main.js:1: other.js exports no b",
		"export function* a() { }":                    "main.js:1: this cannot be bundled",
		"import { a } from \"./main.js\";":            "main.js:1: main.js imports this module too",
		"import { a } from \"./round.js\";":           "round.js:1: main.js imports this module too",
		"import { a } from \"./missing.js\";":         "open missing.js: file does not exist",
		"import { a } from \"./other.js\"; start(a);": "main.js:1: this cannot be bundled",
	} {
		files := fstest.MapFS{
			"main.js": {Data: []byte(source)}, "other.js": {Data: []byte("export const a = 1, b = 2;\n")},
			"round.js": {Data: []byte("import { a } from \"./main.js\";\n")},
		}
		if got, err := bundle(files, ".", "main"); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, %s; want %s", source, err, got, want)
		}
	}
}

// The page is one file, in which every module of the folder stands once, and the policy
// permits exactly what is in it.
func TestAssembledPage(t *testing.T) {
	d, err := assemble(page)
	if err != nil {
		t.Fatal(err)
	}
	html := string(d.html)
	modules, err := fs.Glob(page, "page/*.js")
	if err != nil || len(modules) < 10 {
		t.Fatalf("the modules are %v, %v", modules, err)
	}
	for _, m := range modules {
		if n := strings.Count(html, "\n// "+strings.TrimPrefix(m, "page/")+"\nconst $") + strings.Count(html, ">// "+strings.TrimPrefix(m, "page/")+"\nconst $"); n != 1 {
			t.Errorf("%s stands in the page %d times", m, n)
		}
	}
	for tag, element := range map[string]*regexp.Regexp{
		"style": regexp.MustCompile(`(?s)<style>(.*?)</style>`), "script": regexp.MustCompile(`(?s)<script type="module">(.*?)</script>`),
	} {
		m := element.FindStringSubmatch(html)
		if m == nil || !strings.Contains(d.policy, tag+"-src "+hashOf(m[1])) {
			t.Errorf("the page has a %s of %d parts that the policy does not permit: %s", tag, len(m), d.policy)
		}
	}
	if loaded := regexp.MustCompile(`(?:src|href)="[^"#]*"`).FindAllString(html, -1); len(loaded) != 1 || loaded[0] != `href="/page/icon.svg"` {
		t.Errorf("the page loads %v", loaded)
	}
}

// copied are the page's files, to be changed.
func copied(t *testing.T) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	all, err := fs.ReadDir(page, "page")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range all {
		data, err := fs.ReadFile(page, "page/"+f.Name())
		if err != nil {
			t.Fatal(err)
		}
		files["page/"+f.Name()] = &fstest.MapFile{Data: data}
	}
	return files
}

// A page that would not be whole is none.
func TestPageThatCannotBeAssembled(t *testing.T) {
	for name, content := range map[string]string{
		"index.html":   styleLine,
		"main.js":      "document.write(`</script>`);",
		"explorer.css": "/* <!-- */",
		"link.js":      "export { a };",
	} {
		files := copied(t)
		if _, err := assemble(files); err != nil {
			t.Fatal(err)
		}
		files["page/"+name] = &fstest.MapFile{Data: []byte(content)}
		if _, err := assemble(files); err == nil {
			t.Errorf("%s: %s makes a page", name, content)
		}
	}
}

// A checkout whose lines end as on Windows makes the same page: browsers hash what they parse.
func TestLinesThatEndInTwoBytes(t *testing.T) {
	files := copied(t)
	for _, f := range files {
		f.Data = bytes.ReplaceAll(f.Data, []byte("\n"), []byte("\r\n"))
	}
	want, err := assemble(page)
	if err != nil {
		t.Fatal(err)
	}
	got, err := assemble(files)
	if err != nil || string(got.html) != string(want.html) || got.policy != want.policy {
		t.Errorf("the page differs, %v", err)
	}
}
