package mctest

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/printer"
	"go/token"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// expression is Go code from a test, which can stand elsewhere in its package. The
// package and the imports are those of the test, because the expression means the same
// only beside them.
type expression struct {
	text    string
	pkg     string
	imports []*ast.ImportSpec // those that it uses
}

// argument is what is written as an argument of the call at this place. What it takes
// from variables of its function is put in their place, where each has one definition.
// The source is read when a run is kept, and not compiled in. If the file has changed
// since the test was built, the line may have another call or none.
func (c callSite) argument(i int) (expression, error) {
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, filepath.Join(c.dir, c.file), nil, parser.SkipObjectResolution)
	if err != nil {
		return expression{}, err
	}
	call, function := callAt(fset, f, c.line)
	if call == nil || len(call.Args) <= i {
		return expression{}, fmt.Errorf("%s:%d: no call is written here", c.file, c.line)
	}
	l := locals{of: function, used: map[string]bool{}}
	x, err := l.inline(call.Args[i], 0)
	if err != nil {
		return expression{}, fmt.Errorf("%s:%d: %w", c.file, c.line, err)
	}
	var text strings.Builder
	if err := printer.Fprint(&text, token.NewFileSet(), x); err != nil { // without the lines that it was on
		return expression{}, err
	}
	e := expression{text: text.String(), pkg: f.Name.Name}
	for _, spec := range f.Imports {
		if l.used[nameOf(spec)] {
			e.imports = append(e.imports, spec)
		}
	}
	return e, nil
}

// callAt finds the call of a function of this package that begins on a line or spans it,
// and the function that it is in. A call inside of another one is visited later, so the
// innermost call counts.
func callAt(fset *token.FileSet, f *ast.File, line int) (call *ast.CallExpr, in *ast.FuncDecl) {
	for _, d := range f.Decls {
		function, ok := d.(*ast.FuncDecl)
		if !ok || fset.Position(function.Pos()).Line > line || fset.Position(function.End()).Line < line {
			continue
		}
		ast.Inspect(function, func(n ast.Node) bool {
			c, ok := n.(*ast.CallExpr)
			if ok && fset.Position(c.Pos()).Line <= line && line <= fset.Position(c.End()).Line && isOurs(c.Fun) {
				call, in = c, function
			}
			return true
		})
	}
	return call, in
}

// isOurs: the function is mctest.Holds, Breaks or Explore, by whatever name the package has.
// Type arguments that are written out are an index.
func isOurs(f ast.Expr) bool {
	switch f := f.(type) {
	case *ast.SelectorExpr:
		return slices.Contains(takers, f.Sel.Name)
	case *ast.Ident:
		return slices.Contains(takers, f.Name)
	case *ast.IndexExpr:
		return isOurs(f.X)
	}
	return false
}

// takers are the functions whose model is copied.
var takers = []string{"Holds", "Breaks", "Explore"}

// importing lists these packages and those that the expression uses, each once. An
// expression that uses one of these packages would have it imported twice, which Go
// refuses: the lines are sorted, so that the same ones are next to each other.
func (e expression) importing(paths ...string) string {
	var lines []string
	for _, p := range paths {
		lines = append(lines, strconv.Quote(p))
	}
	for _, spec := range e.imports {
		line := spec.Path.Value
		if spec.Name != nil {
			line = spec.Name.Name + " " + line
		}
		lines = append(lines, line)
	}
	slices.Sort(lines)
	return "\t" + strings.Join(slices.Compact(lines), "\n\t") + "\n"
}

// nameOf is what an import is called in its file, as far as its path tells. The name of a
// package may differ from its path. The written test then lacks an import and does not
// compile, which its reader sees at once.
func nameOf(spec *ast.ImportSpec) string {
	if spec.Name != nil {
		return spec.Name.Name
	}
	p, _ := strconv.Unquote(spec.Path.Value) // the parser admits nothing else
	return path.Base(p)
}
