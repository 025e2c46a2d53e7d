// Package fileerror shortens the errors of file operations for messages that name the
// directory themselves.
package fileerror

import (
	"errors"
	"io/fs"
	"os"
)

// Plain returns the cause of a file error, without the path and the name of the system
// call. Plain returns any other error unchanged.
func Plain(err error) error {
	var p *fs.PathError
	var l *os.LinkError
	switch {
	case errors.As(err, &p):
		return p.Err
	case errors.As(err, &l):
		return l.Err
	}
	return err
}
