package trace

// pen colours text for a terminal if it is true. The four escape sequences are
// understood by all terminals and need no library. The caller determines whether the
// output is a terminal.
type pen bool

func (p pen) bold(s string) string   { return p.paint("1", s) }
func (p pen) dim(s string) string    { return p.paint("2", s) }
func (p pen) red(s string) string    { return p.paint("31", s) }
func (p pen) green(s string) string  { return p.paint("32", s) }
func (p pen) yellow(s string) string { return p.paint("33", s) }

func (p pen) paint(attribute, s string) string {
	if !p || s == "" {
		return s
	}
	return "\x1b[" + attribute + "m" + s + "\x1b[0m"
}
