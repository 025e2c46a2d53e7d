package run

import (
	"context"
	"errors"
	"time"

	"github.com/muster-mc/muster/cluster/bucket"
	"github.com/muster-mc/muster/cluster/queue"
)

// patience tries again what does not succeed, for a time.
type patience struct {
	of   *Settings
	cost *cost // outages are added to it
}

func (s *Settings) patience(c *cost) patience { return patience{s, c} }

// pauseMax is the longest pause between two attempts.
const pauseMax = 5 * time.Second

// try does something until it succeeds, for as long as the patience lasts.
func (p patience) try(ctx context.Context, what string, f func() error) error {
	began, pause := p.of.now(), 50*time.Millisecond
	for {
		tried := p.of.now()
		err := f()
		switch {
		case ctx.Err() != nil:
			return errInterrupted
		case err == nil || errors.Is(err, bucket.ErrNotFound) || errors.Is(err, bucket.ErrRefused) || errors.Is(err, queue.ErrRefused):
			return err
		case p.of.since(began) > p.of.Patience:
			return &outOfReach{what, p.of.Patience, err}
		}
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			return errInterrupted
		}
		p.cost.outage(p.of.since(tried))
		pause = min(2*pause, pauseMax)
	}
}

// patientBucket is a bucket that is tried again while it cannot be reached.
type patientBucket struct {
	bucket.Bucket
	patience patience
}

func (b *patientBucket) try(ctx context.Context, f func() error) error {
	return b.patience.try(ctx, "the bucket", f)
}

func (b *patientBucket) Put(ctx context.Context, name string, data []byte) error {
	return b.try(ctx, func() error { return b.Bucket.Put(ctx, name, data) })
}

func (b *patientBucket) Get(ctx context.Context, name string, offset, length int64) (data []byte, err error) {
	err = b.try(ctx, func() (err error) {
		data, err = b.Bucket.Get(ctx, name, offset, length)
		return err
	})
	return data, err
}

func (b *patientBucket) List(ctx context.Context, prefix string) (names []string, err error) {
	err = b.try(ctx, func() (err error) {
		names, err = b.Bucket.List(ctx, prefix)
		return err
	})
	return names, err
}
