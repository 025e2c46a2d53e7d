package gotest

import (
	"errors"
	"fmt"
	"go/ast"
	"go/token"
)

// locals replaces the variables of a function by what they are defined as. It works on
// the syntax alone. The types of a test are not known here, and to check them would need
// the whole build of the package.
type locals struct {
	of   *ast.FuncDecl
	used map[string]bool // the names that are left
}

// inlineDepth is how many definitions deep variables are replaced. A definition may use
// the name that it defines, for a variable of an outer block. To follow names without
// their blocks then never ends.
const inlineDepth = 20

// inline returns an expression without the function's variables. A variable that is
// defined in one place, by itself, and not changed, is replaced; the value of any other
// variable cannot be told from the source, which is an error. The syntax tree is changed
// in place. It was parsed for this call alone.
func (l *locals) inline(x ast.Expr, depth int) (ast.Expr, error) {
	if id, ok := x.(*ast.Ident); ok && id.Name != "t" { // each test has one
		value, isLocal, err := l.definition(id.Name)
		switch {
		case err != nil:
			return nil, err
		case isLocal && depth > inlineDepth:
			return nil, fmt.Errorf("the variable %s is defined by itself", id.Name)
		case isLocal:
			return l.inline(value, depth+1)
		}
		l.used[id.Name] = true
		return x, nil
	} else if ok {
		return x, nil
	}
	if f, ok := x.(*ast.FuncLit); ok {
		return x, l.literal(f)
	}
	return x, l.inside(x, depth)
}

// literal looks through a function without a name. It is copied as it is, and so must not
// use what the function around it has defined. Names are not resolved to their blocks: a
// name that both functions define counts as the inner one's, where it shadows the other.
func (l *locals) literal(f *ast.FuncLit) (err error) {
	member := map[*ast.Ident]bool{} // a name that means nothing by itself
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			member[n.Sel] = true
		case *ast.KeyValueExpr:
			if key, ok := n.Key.(*ast.Ident); ok {
				member[key] = true
			}
		case *ast.Ident:
			if member[n] {
				return true
			}
			_, inside := definitions(f, nil, n.Name)
			_, outside := definitions(l.of, f, n.Name)
			if outside > 0 && inside == 0 {
				err = fmt.Errorf("the function uses the variable %s of the test: make it in a function, and call that", n.Name)
			}
			l.used[n.Name] = true
		}
		return err == nil
	})
	return err
}

// inside replaces variables in the parts of an expression. An expression of a kind that
// is not known is an error and is not copied as it is: it could have variables that mean
// nothing in another function.
func (l *locals) inside(x ast.Expr, depth int) error {
	parts, known := partsOf(x)
	if !known {
		return errors.New("this cannot be copied: make it in a function, and call that")
	}
	for _, part := range parts {
		replaced, err := l.inline(*part, depth)
		if err != nil {
			return err
		}
		*part = replaced
	}
	return nil
}

// partsOf are the expressions that an expression consists of, but for names that
// mean nothing by themselves: of fields, and of methods. Of some, such as
// type assertions, they are not known.
func partsOf(x ast.Expr) (parts []*ast.Expr, known bool) {
	switch x := x.(type) {
	case *ast.BasicLit:
	case *ast.CallExpr:
		parts = append(parts, &x.Fun)
		for i := range x.Args {
			parts = append(parts, &x.Args[i])
		}
	case *ast.CompositeLit:
		if x.Type != nil {
			parts = append(parts, &x.Type)
		}
		for i := range x.Elts {
			parts = append(parts, &x.Elts[i])
		}
	// The key of a struct's field is a name that means nothing by itself.
	case *ast.KeyValueExpr:
		parts = append(parts, &x.Value)
	case *ast.SelectorExpr:
		parts = append(parts, &x.X)
	case *ast.UnaryExpr:
		parts = append(parts, &x.X)
	case *ast.StarExpr:
		parts = append(parts, &x.X)
	case *ast.ParenExpr:
		parts = append(parts, &x.X)
	case *ast.BinaryExpr:
		parts = append(parts, &x.X, &x.Y)
	case *ast.IndexExpr:
		parts = append(parts, &x.X, &x.Index)
	case *ast.ArrayType:
		parts = append(parts, &x.Elt)
		if x.Len != nil {
			parts = append(parts, &x.Len)
		}
	case *ast.MapType:
		parts = append(parts, &x.Key, &x.Value)
	default:
		return nil, false
	}
	return parts, true
}

// definition is what a variable of the function is defined as. Blocks are not told apart.
// Two variables of one name count as one that is defined in two places, which is refused:
// an error is better than a test of another model.
func (l *locals) definition(name string) (value ast.Expr, isLocal bool, err error) {
	value, places := definitions(l.of, nil, name)
	switch {
	case places == 0:
		return nil, false, nil
	case places > 1 || value == nil:
		return nil, true, fmt.Errorf("it depends on the variable %s, which is not what it was defined as, or is another each time: make it in a function, and call that", name)
	}
	return value, true, nil
}

// definitions counts the places in a piece of code, without a part of it, that give a
// variable a value, and returns one value that is written there. Places whose value the
// source does not show count twice, so that even one of them is too many.
func definitions(in, without ast.Node, name string) (value ast.Expr, places int) {
	ast.Inspect(in, func(n ast.Node) bool {
		if n != nil && n == without {
			return false
		}
		switch n := n.(type) {
		case *ast.AssignStmt:
			for i, left := range n.Lhs {
				if root(left) != name {
					continue
				}
				places++
				if n.Tok == token.DEFINE && len(n.Lhs) == len(n.Rhs) {
					value = n.Rhs[i]
				} else {
					places++ // changed, or one of several results
				}
			}
		case *ast.ValueSpec:
			for i, id := range n.Names {
				if id.Name == name {
					places++
					if i < len(n.Values) {
						value = n.Values[i]
					}
				}
			}
		// A parameter, or a result with a name.
		case *ast.Field:
			for _, id := range n.Names {
				if id.Name == name {
					places += 2
				}
			}
		case *ast.RangeStmt:
			if n.Key != nil && root(n.Key) == name || n.Value != nil && root(n.Value) == name {
				places += 2
			}
		}
		return true
	})
	return value, places
}

// root is the variable that something is a part of: m of m.Terminal and of m[0]. To assign to a
// part changes the variable, so it counts as a place where the variable gets a value.
func root(x ast.Expr) string {
	switch x := x.(type) {
	case *ast.Ident:
		return x.Name
	case *ast.SelectorExpr:
		return root(x.X)
	case *ast.IndexExpr:
		return root(x.X)
	case *ast.StarExpr:
		return root(x.X)
	case *ast.ParenExpr:
		return root(x.X)
	}
	return ""
}
