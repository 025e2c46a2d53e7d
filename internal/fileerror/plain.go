// Package fileerror words what went wrong with a file.
package fileerror

import (
	"errors"
	"io/fs"
	"os"
)

// Plain is a file error without the path and the name of the system call, for
// callers that name the directory.
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
