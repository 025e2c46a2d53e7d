//go:build !linux

package cluster_test

import "errors"

func prepare(what string) error {
	if what != "" {
		return errors.New("only on Linux")
	}
	return nil
}
