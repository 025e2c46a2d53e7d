// Package bucket is where blobs are kept: any store of named, immutable blobs. It needs to
// do little. [Memory] is one for tests; package cloud has those of this world.
package bucket

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
)

// Bucket keeps blobs by name. Names have letters, digits, and / . - between them. Any number
// of goroutines and processes may use one bucket.
//
// A blob is whole or not there. A put that follows another one of the same name replaces
// the blob, or leaves it: both have the same bytes, unless something is wrong, and readers
// compare checksums.
type Bucket interface {
	// Put writes a blob. The data is the caller's again when it returns.
	Put(ctx context.Context, name string, data []byte) error

	// Get reads a part of a blob; all of it from offset on if the length is negative. The
	// error is [ErrNotFound] if there is no such blob, or it is too short.
	Get(ctx context.Context, name string, offset, length int64) ([]byte, error)

	// List returns the names that begin with prefix, in order.
	List(ctx context.Context, prefix string) ([]string, error)

	// Delete removes a blob. It is no error if there is none.
	Delete(ctx context.Context, name string) error
}

// Sweeper is a [Bucket] that keeps something of names whose blobs are gone, such as folders.
type Sweeper interface {
	// Sweep removes what is left of names that begin with a folder. No blob of it is used
	// any more.
	Sweep(folder string) error
}

// ErrNotFound is the error of a blob that is not there.
var ErrNotFound = errors.New("there is no such blob")

// ErrRefused is wrapped by errors that come again however often a thing is tried: there is
// no permission, no such bucket, no space.
var ErrRefused = errors.New("the bucket refuses")

// Memory is a bucket in memory. The zero Memory is empty.
type Memory struct {
	mutex sync.Mutex
	blobs map[string][]byte
}

// Put implements [Bucket].
func (m *Memory) Put(_ context.Context, name string, data []byte) error {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	if m.blobs == nil {
		m.blobs = map[string][]byte{}
	}
	m.blobs[name] = slices.Clone(data)
	return nil
}

// Get implements [Bucket].
func (m *Memory) Get(_ context.Context, name string, offset, length int64) ([]byte, error) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	data, ok := m.blobs[name]
	if length < 0 {
		length = int64(len(data)) - offset
	}
	if !ok || length < 0 || offset+length > int64(len(data)) {
		return nil, ErrNotFound
	}
	return slices.Clone(data[offset : offset+length]), nil
}

// List implements [Bucket].
func (m *Memory) List(_ context.Context, prefix string) ([]string, error) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	var names []string
	for name := range m.blobs {
		if strings.HasPrefix(name, prefix) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names, nil
}

// Delete implements [Bucket].
func (m *Memory) Delete(_ context.Context, name string) error {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	delete(m.blobs, name)
	return nil
}
