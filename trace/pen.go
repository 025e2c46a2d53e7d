package trace

// pen colours text for a terminal, or does not. Four escape sequences that
// every terminal has known since 1979 are no reason for a dependency; whether
// there is a terminal at all is for the caller to find out.
type pen bool

func (p pen) bold(s string) string  { return p.paint("1", s) }
func (p pen) dim(s string) string   { return p.paint("2", s) }
func (p pen) red(s string) string   { return p.paint("31", s) }
func (p pen) green(s string) string { return p.paint("32", s) }

func (p pen) paint(attribute, s string) string {
	if !p || s == "" {
		return s
	}
	return "\x1b[" + attribute + "m" + s + "\x1b[0m"
}
