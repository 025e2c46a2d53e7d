package command

import (
	"io"
	"os"
	"runtime"

	"golang.org/x/term"
)

// screen is an output, and what is known of it.
type screen struct {
	*checked
	terminal bool // somebody watches, and escape sequences are understood
	width    int  // in columns; 0 when it is no terminal
}

func newScreen(w io.Writer) screen {
	s := screen{checked: &checked{w: w}}
	if f, ok := w.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		s.terminal = understandsEscapes()
		s.width, _, _ = term.GetSize(int(f.Fd()))
	}
	return s
}

// understandsEscapes: the terminal does, unless it says that it is dumb. On
// Windows the old console says nothing, and prints them.
func understandsEscapes() bool {
	kind := os.Getenv("TERM")
	return kind != "dumb" && (runtime.GOOS != "windows" || kind != "" || os.Getenv("WT_SESSION") != "")
}

// style is how the answer may be coloured: as --color says, and if it leaves it
// open, on a terminal whose user does not mind (see no-color.org).
func (s screen) style(color string) style {
	auto := s.terminal && os.Getenv("NO_COLOR") == ""
	return style(color == "always" || color == "auto" && auto)
}

// checked remembers whether writing failed, so that every print need not ask.
type checked struct {
	w   io.Writer
	err error
}

func (c *checked) Write(p []byte) (int, error) {
	if c.err != nil {
		return len(p), nil
	}
	n, err := c.w.Write(p)
	c.err = err
	return n, err
}

func (c *checked) failed() error { return c.err }
