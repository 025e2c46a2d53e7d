package catalog

import (
	"fmt"
	"path"
	"reflect"
	"runtime"
	"strconv"
	"strings"
)

// Code is Go code that makes a model.
type Code struct {
	Expression string   // such as lease.New(lease.Config{Nodes: 3, Bug: "no-check"})
	Imports    []string // the packages that it needs
}

// Code returns Go code that makes the model of these settings, for a test that is written
// by a program. It is empty if the constructor has no name of its own, or if the name or
// that of the Config cannot be used in another package.
func (e Entry) Code(s Settings) Code {
	d := e.details()
	function := runtime.FuncForPC(d.build).Name() // such as example.com/models/lease.New
	folder, name := path.Split(function)
	pkg, name, _ := strings.Cut(name, ".")
	isNamed := d.config.Name() != "" && d.config.PkgPath() == folder+pkg
	if !isExported(name) || !isNamed || pkg == "main" {
		return Code{}
	}
	return Code{
		Expression: fmt.Sprintf("%s.%s(%s.%s{%s})", pkg, name, pkg, d.config.Name(), strings.Join(d.fields(s), ", ")),
		Imports:    []string{folder + pkg},
	}
}

func isExported(name string) bool {
	return name != "" && strings.ToUpper(name[:1]) == name[:1] && !strings.ContainsAny(name, ".[ ")
}

// fields are the fields of the Config that are not at their defaults, as Go writes them.
func (d *details) fields(s Settings) []string {
	var fields []string
	for _, p := range d.parameters {
		value, set := s.With[p.Name]
		if !set || value == p.Default {
			continue
		}
		switch {
		case p.zeroIsNone() && value == "0":
			value = strconv.Itoa(None)
		case p.Type == "string":
			value = strconv.Quote(value)
		}
		if p.isPointer {
			value = "new(" + value + ")"
		}
		fields = append(fields, d.config.Field(p.field).Name+": "+value)
	}
	if s.Bug != "" {
		fields = append(fields, fmt.Sprintf("Bug: %q", s.Bug))
	}
	return fields
}

// pointerOf is where the code of a function is, by which its name is found.
func pointerOf(function any) uintptr { return reflect.ValueOf(function).Pointer() }
