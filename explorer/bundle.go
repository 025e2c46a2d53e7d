package explorer

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
)

// The modules of the page use this much of the language's module syntax: an import or an
// export is a line's beginning, an import has a line of its own, and only declarations with
// one name, which do not change, are exported.
var (
	importLine = regexp.MustCompile(`^import (?:\{ ([\w, ]+) \}|\* as (\w+)) from "\./(\w+)\.js";$`)
	exportLine = regexp.MustCompile(`^export ((?:const|function|async function|class) (\w+)(?: = |\(| ).*)$`)
	otherLine  = regexp.MustCompile(`^(import [^(]|export\b)`) // a Go test in copy.js has import (
)

// bundle joins a module, and those that it imports, to one script. A browser that fetches
// modules learns from each what to fetch next, which takes longer than all else that happens
// before the first state is shown. Each module is a function that is called at once, and
// whose result has what the module exports; lines stay as they are, for error messages and
// debuggers.
func bundle(files fs.FS, folder, first string) (string, error) {
	b := bundler{files: files, folder: folder, exports: map[string][]string{}}
	if err := b.add(first); err != nil {
		return "", err
	}
	return b.script.String(), nil
}

type bundler struct {
	files   fs.FS
	folder  string
	script  strings.Builder
	exports map[string][]string // nil as long as what a module imports is being added
}

// add adds a module behind those that it imports.
func (b *bundler) add(name string) error {
	source, err := text(b.files, path.Join(b.folder, name+".js"))
	if err != nil {
		return err
	}
	b.exports[name] = nil
	var body strings.Builder
	exported := []string{}
	for i, line := range strings.Split(strings.TrimSuffix(source, "\n"), "\n") {
		if m := importLine.FindStringSubmatch(line); m != nil {
			if line, err = b.bind(m[1], m[2], m[3]); err != nil {
				return fmt.Errorf("%s.js:%d: %w", name, i+1, err)
			}
		} else if m := exportLine.FindStringSubmatch(line); m != nil {
			line, exported = m[1], append(exported, m[2])
		} else if otherLine.MatchString(line) {
			return fmt.Errorf("%s.js:%d: this cannot be bundled: %s", name, i+1, line)
		}
		body.WriteString(line + "\n")
	}
	b.exports[name] = exported
	fmt.Fprintf(&b.script, "// %s.js\nconst $%s = (() => {\n%sreturn { %s };\n})();\n", name, name, body.String(), strings.Join(exported, ", "))
	return nil
}

// bind is the line that gives a module what it imports of another: names, or all of it by the
// name of a space.
func (b *bundler) bind(names, space, from string) (string, error) {
	exported, begun := b.exports[from]
	if begun && exported == nil {
		return "", fmt.Errorf("%s.js imports this module too", from)
	}
	if !begun {
		if err := b.add(from); err != nil {
			return "", err
		}
		exported = b.exports[from]
	}
	if space != "" {
		return fmt.Sprintf("const %s = $%s;", space, from), nil
	}
	var list []string
	for _, one := range strings.Split(names, ", ") {
		name, local, renamed := strings.Cut(one, " as ")
		if !slices.Contains(exported, name) {
			return "", fmt.Errorf("%s.js exports no %s", from, name)
		}
		if renamed {
			name += ": " + local
		}
		list = append(list, name)
	}
	return fmt.Sprintf("const { %s } = $%s;", strings.Join(list, ", "), from), nil
}
