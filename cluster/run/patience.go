package run

import (
	"context"
	"errors"
	"time"

	"github.com/muster-mc/muster/cluster/bucket"
)

// patiently does something until it succeeds, for as long as the run's patience lasts.
func (r *run) patiently(ctx context.Context, what string, f func() error) error {
	return patiently(ctx, what, r.Patience, &r.cost, f)
}

// pauseMax is the longest pause between two attempts.
const pauseMax = 5 * time.Second

func patiently(ctx context.Context, what string, patience time.Duration, c *cost, f func() error) error {
	began, pause := time.Now(), 50*time.Millisecond
	for {
		tried := time.Now()
		err := f()
		switch {
		case ctx.Err() != nil:
			return errInterrupted
		case err == nil || errors.Is(err, bucket.ErrNotFound) || errors.Is(err, bucket.ErrRefused):
			return err
		case time.Since(began) > patience:
			return &outOfReach{what, patience, err}
		}
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			return errInterrupted
		}
		c.outage(time.Since(tried))
		pause = min(2*pause, pauseMax)
	}
}

// patientBucket is a bucket that is tried again while it cannot be reached.
type patientBucket struct {
	bucket.Bucket
	patience time.Duration
	cost     *cost
}

func (b *patientBucket) try(ctx context.Context, f func() error) error {
	return patiently(ctx, "the bucket", b.patience, b.cost, f)
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
