package catalog

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
)

// parametersOf reads the tags of a Config type.
func parametersOf(config reflect.Type) ([]Parameter, error) {
	if config.Kind() != reflect.Struct {
		return nil, fmt.Errorf("the Config %s is no struct", config)
	}
	var list []Parameter
	for i := range config.NumField() {
		f := config.Field(i)
		if f.Tag.Get("flag") == "" {
			continue
		}
		p, err := parameterOf(i, f)
		if err != nil {
			return nil, err
		}
		list = append(list, p)
	}
	return list, nil
}

// parameterOf says in an error what is wrong with the field.
func parameterOf(i int, f reflect.StructField) (Parameter, error) {
	p := Parameter{
		Name: f.Tag.Get("flag"), Help: f.Tag.Get("help"), Default: f.Tag.Get("default"),
		Type: f.Type.String(), OneOf: strings.Fields(f.Tag.Get("oneof")), field: i,
	}
	switch p.Type {
	case "int":
		var err error
		if p.Min, err = number(f, "min"); err != nil {
			return p, err
		}
		if p.Max, err = number(f, "max"); err != nil {
			return p, err
		}
	case "bool":
		p.Default = "false" // as the zero Config has it
	case "string":
	default:
		return p, fmt.Errorf("the Config field %s is a %s; want an int, a bool or a string", f.Name, f.Type)
	}
	return p, p.validate(f)
}

func (p Parameter) validate(f reflect.StructField) error {
	switch {
	case !f.IsExported():
		return fmt.Errorf("the Config field %s has a flag, but is not exported", f.Name)
	case p.Type == "bool" && f.Tag.Get("default") == "true":
		return fmt.Errorf("the Config field %s is a bool that is true by default; name it for its opposite", f.Name)
	case p.Min < 0 && p.Default != "0":
		return fmt.Errorf("the Config field %s may be negative, so its default must be 0", f.Name)
	}
	if err := p.Check(p.Default); err != nil {
		return fmt.Errorf("the Config field %s: the default is out of range: %w", f.Name, err)
	}
	return nil
}

func number(f reflect.StructField, tag string) (int, error) {
	n, err := strconv.Atoi(f.Tag.Get(tag))
	if err != nil {
		return 0, fmt.Errorf("the Config field %s: the tag %s must be a number", f.Name, tag)
	}
	return n, nil
}
