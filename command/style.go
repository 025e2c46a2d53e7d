package command

// style puts emphasis on text, if it is to be had.
type style bool

func (s style) bold(text string) string   { return s.with("1", text) }
func (s style) dim(text string) string    { return s.with("2", text) }
func (s style) red(text string) string    { return s.with("1;31", text) }
func (s style) green(text string) string  { return s.with("1;32", text) }
func (s style) yellow(text string) string { return s.with("1;33", text) }

// with is an ANSI escape sequence (select graphic rendition) around the text.
func (s style) with(code, text string) string {
	if !s {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}
