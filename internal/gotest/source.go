// Package gotest knows a test of a user from outside: where it calls, what is written
// there, how to run it again, and how to show its failure where GitHub looks.
package gotest

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/printer"
	"go/token"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
)

// Site is where a test calls a function.
type Site struct {
	Dir, File string
	Line      int
}

// Caller is the place that called who calls it. A test runs in the folder of its package,
// whatever the path of its file was when it was compiled. It goes up two calls, so a
// function that tests call must call it directly, and not by way of another function.
func Caller() Site {
	_, file, line, _ := runtime.Caller(2)
	return Site{".", filepath.Base(filepath.ToSlash(file)), line}
}

// Expression is Go code from a test, which can stand elsewhere in its package. The
// package and the imports are those of the test, because the expression means the same
// only beside them.
type Expression struct {
	Text    string
	Package string
	imports []*ast.ImportSpec // those that it uses
}

// Argument is what is written as an argument of the call at this place, of a function that
// has one of these names, without that of its package. What the argument takes
// from variables of its function is put in their place, where each has one definition.
// The source is read when a run is kept, and not compiled in. If the file has changed
// since the test was built, the line may have another call or none.
func (c Site) Argument(i int, functions ...string) (Expression, error) {
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, filepath.Join(c.Dir, c.File), nil, parser.SkipObjectResolution)
	if err != nil {
		return Expression{}, err
	}
	call, in := callAt(fset, f, c.Line, functions)
	if call == nil || len(call.Args) <= i {
		return Expression{}, fmt.Errorf("%s:%d: no call is written here", c.File, c.Line)
	}
	l := locals{of: in, used: map[string]bool{}}
	x, err := l.inline(call.Args[i], 0)
	if err != nil {
		return Expression{}, fmt.Errorf("%s:%d: %w", c.File, c.Line, err)
	}
	var text strings.Builder
	if err := printer.Fprint(&text, token.NewFileSet(), x); err != nil { // without the lines that it was on
		return Expression{}, err
	}
	e := Expression{Text: text.String(), Package: f.Name.Name}
	for _, spec := range f.Imports {
		if l.used[nameOf(spec)] {
			e.imports = append(e.imports, spec)
		}
	}
	return e, nil
}

// callAt finds the call of one of the functions that begins on a line or spans it,
// and the function that it is in. A call inside of another one is visited later, so the
// innermost call counts.
func callAt(fset *token.FileSet, f *ast.File, line int, names []string) (call *ast.CallExpr, in *ast.FuncDecl) {
	for _, d := range f.Decls {
		function, ok := d.(*ast.FuncDecl)
		if !ok || fset.Position(function.Pos()).Line > line || fset.Position(function.End()).Line < line {
			continue
		}
		ast.Inspect(function, func(n ast.Node) bool {
			c, ok := n.(*ast.CallExpr)
			if ok && fset.Position(c.Pos()).Line <= line && line <= fset.Position(c.End()).Line && isNamed(c.Fun, names) {
				call, in = c, function
			}
			return true
		})
	}
	return call, in
}

// isNamed: the function has one of these names, by whatever name its package has. Type
// arguments that are written out are an index.
func isNamed(f ast.Expr, names []string) bool {
	switch f := f.(type) {
	case *ast.SelectorExpr:
		return slices.Contains(names, f.Sel.Name)
	case *ast.Ident:
		return slices.Contains(names, f.Name)
	case *ast.IndexExpr:
		return isNamed(f.X, names)
	}
	return false
}

// Imports are the paths of the packages that the expression uses.
func (e Expression) Imports() (paths []string) {
	for _, spec := range e.imports {
		paths = append(paths, spec.Path.Value[1:len(spec.Path.Value)-1])
	}
	return paths
}

// Importing lists these packages and those that the expressions use, each once. An
// expression that uses one of these packages would have it imported twice, which Go
// refuses: the lines are sorted, so that the same ones are next to each other.
func Importing(expressions []Expression, paths ...string) string {
	var lines []string
	for _, p := range paths {
		lines = append(lines, strconv.Quote(p))
	}
	for _, e := range expressions {
		for _, spec := range e.imports {
			line := spec.Path.Value
			if spec.Name != nil {
				line = spec.Name.Name + " " + line
			}
			lines = append(lines, line)
		}
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
