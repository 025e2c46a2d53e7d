// Package cloud is a [bucket.Bucket] in a directory, in S3 or what speaks its protocol, or
// in any other store that the Go CDK knows (gocloud.dev/blob): a program that imports one
// of its drivers, such as gcsblob, can name buckets of it.
//
// Credentials come from where each store's own tools take them: for S3 the environment,
// ~/.aws, or the machine's role.
package cloud

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"gocloud.dev/blob"
	"gocloud.dev/blob/fileblob"
	_ "gocloud.dev/blob/s3blob" // s3://
	"gocloud.dev/gcerrors"

	"github.com/muster-mc/muster/cluster/bucket"
)

// Bucket is a bucket somewhere.
type Bucket struct {
	blobs     *blob.Bucket
	directory string // of a bucket in files, otherwise empty
}

var _ bucket.Sweeper = (*Bucket)(nil)

// Open opens a bucket: file:///DIR or a path for a directory, which is made if there is none;
// s3://BUCKET/PREFIX?region=REGION, with the parameters of s3blob; or another URL whose
// driver the program has. It makes sure that blobs can be written, read and removed.
func Open(ctx context.Context, address string) (*Bucket, error) {
	b, err := open(ctx, address)
	if err != nil {
		return nil, fmt.Errorf("the bucket %s cannot be used: %w", Redacted(address), hidden(plain(err), address))
	}
	c := &Bucket{blobs: b, directory: directoryOf(address)}
	if err := c.try(ctx); err != nil {
		_ = b.Close()
		return nil, fmt.Errorf("the bucket %s cannot be used: %w", Redacted(address), hidden(plain(err), address))
	}
	return c, nil
}

func open(ctx context.Context, address string) (*blob.Bucket, error) {
	scheme, rest, _ := strings.Cut(address, "://")
	if scheme == "file" && !strings.HasPrefix(rest, "/") {
		return nil, fmt.Errorf("want file:///DIRECTORY, with three slashes")
	}
	if dir := directoryOf(address); dir != "" {
		return openDirectory(dir)
	}
	u, err := url.Parse(address)
	if err != nil {
		return nil, errors.New("it is no URL")
	}
	prefix := strings.Trim(u.Path, "/")
	u.Path = ""
	if scheme == "s3" {
		u.RawQuery = withoutChecksums(u.Query()).Encode()
	}
	if !blob.DefaultURLMux().ValidBucketScheme(scheme) {
		return nil, fmt.Errorf("this program has no driver for %s://", scheme)
	}
	b, err := blob.OpenBucket(ctx, u.String())
	if err != nil {
		return nil, err
	}
	if ok, err := b.IsAccessible(ctx); err != nil || !ok {
		_ = b.Close()
		return nil, orElse(err, errors.New("there is no such bucket, or no permission to list it"))
	}
	if prefix != "" {
		b = blob.PrefixedBucket(b, prefix+"/")
	}
	return b, nil
}

// withoutChecksums has the library for S3 add no checksums of its own, unless it is told to:
// readers verify every blob, and many stores that speak S3's protocol do not know them.
func withoutChecksums(q url.Values) url.Values {
	for _, name := range []string{"request_checksum_calculation", "response_checksum_validation"} {
		if !q.Has(name) {
			q.Set(name, "when_required")
		}
	}
	return q
}

func orElse(err, otherwise error) error {
	if err != nil {
		return err
	}
	return otherwise
}

// directoryOf is the directory that an address names, or nothing.
func directoryOf(address string) string {
	scheme, rest, ok := strings.Cut(address, "://")
	switch {
	case !ok:
		return address
	case scheme == "file":
		return filepath.FromSlash(rest)
	}
	return ""
}

func openDirectory(dir string) (*blob.Bucket, error) {
	return fileblob.OpenBucket(dir, &fileblob.Options{CreateDir: true, NoTempDir: true, Metadata: fileblob.MetadataDontWrite, DirFileMode: 0o755})
}

const trial = "a blob to try whether blobs can be kept here"

// try writes, reads and removes a blob, so that a run does not find out after hours that it
// may not.
func (b *Bucket) try(ctx context.Context) error {
	name := fmt.Sprintf("try.%d", os.Getpid())
	if err := b.Put(ctx, name, []byte(trial)); err != nil {
		return err
	}
	for _, offset := range []int{0, len(trial) / 2} {
		got, err := b.Get(ctx, name, int64(offset), int64(len(trial)-offset))
		if err != nil {
			return err
		}
		if string(got) != trial[offset:] {
			return fmt.Errorf("of a blob %q, %q was read back from byte %d on", trial, got, offset)
		}
	}
	return b.Delete(ctx, name)
}

// Redacted is the address of a bucket without the secrets in it.
func Redacted(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "(an address that cannot be read)"
	}
	if u.User != nil {
		u.User = url.User("...")
	}
	return u.String()
}

// hidden is an error without the secrets of an address, which libraries put into theirs.
func hidden(err error, address string) error {
	u, parsed := url.Parse(address)
	if parsed != nil || u.User == nil {
		return err
	}
	return errors.New(strings.ReplaceAll(err.Error(), u.User.String(), "..."))
}

// Put implements [bucket.Bucket].
func (b *Bucket) Put(ctx context.Context, name string, data []byte) error {
	err := b.blobs.Upload(ctx, name, bytes.NewReader(data), &blob.WriterOptions{ContentType: "application/octet-stream"})
	if path, ok := errors.AsType[*fs.PathError](err); ok && b.directory != "" {
		// The library writes a file of another name first, which says nothing to anyone.
		err = &fs.PathError{Op: path.Op, Path: filepath.Join(b.directory, filepath.FromSlash(name)), Err: path.Err}
	}
	return refusal(err)
}

// Get implements [bucket.Bucket].
func (b *Bucket) Get(ctx context.Context, name string, offset, length int64) ([]byte, error) {
	r, err := b.blobs.NewRangeReader(ctx, name, offset, length, nil)
	if err != nil {
		if gcerrors.Code(err) == gcerrors.NotFound || isBeyond(err) {
			return nil, bucket.ErrNotFound
		}
		return nil, refusal(err)
	}
	defer r.Close()
	size := length
	if size < 0 {
		size = max(0, r.Size()-offset)
	}
	data := bytes.NewBuffer(make([]byte, 0, size+bytes.MinRead))
	if _, err := io.Copy(data, r); err != nil {
		return nil, refusal(err)
	}
	if length >= 0 && int64(data.Len()) != length {
		return nil, bucket.ErrNotFound
	}
	return data.Bytes(), nil
}

// isBeyond reports whether a blob is shorter than the place from which it was to be read.
func isBeyond(err error) bool { return strings.Contains(err.Error(), "InvalidRange") }

// List implements [bucket.Bucket].
func (b *Bucket) List(ctx context.Context, prefix string) (names []string, err error) {
	list := b.blobs.List(&blob.ListOptions{Prefix: prefix})
	for {
		o, err := list.Next(ctx)
		switch {
		case err == io.EOF:
			return names, nil
		case err != nil:
			return nil, refusal(err)
		case !o.IsDir:
			names = append(names, o.Key)
		}
	}
}

// Delete implements [bucket.Bucket].
func (b *Bucket) Delete(ctx context.Context, name string) error {
	err := b.blobs.Delete(ctx, name)
	if gcerrors.Code(err) == gcerrors.NotFound {
		return nil
	}
	return refusal(err)
}

// Sweep implements [bucket.Sweeper]: it removes the directories of blobs that are gone.
func (b *Bucket) Sweep(folder string) error {
	if b.directory == "" {
		return nil
	}
	return os.RemoveAll(filepath.Join(b.directory, filepath.FromSlash(folder)))
}

// Close ends the use of the bucket.
func (b *Bucket) Close() error { return b.blobs.Close() }

// refusal marks errors that come again however often a thing is tried.
func refusal(err error) error {
	switch {
	case err == nil:
		return nil
	case isAny(err, syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG, syscall.EROFS, syscall.ENOTDIR, fs.ErrPermission):
	case gcerrors.Code(err) == gcerrors.PermissionDenied, gcerrors.Code(err) == gcerrors.InvalidArgument:
	case strings.Contains(err.Error(), "NoSuchBucket"):
	default:
		return err
	}
	return fmt.Errorf("%w: %w", bucket.ErrRefused, plain(err))
}

func isAny(err error, list ...error) bool {
	return slices.ContainsFunc(list, func(one error) bool { return errors.Is(err, one) })
}

// plain is an error in one line, without the library's own words.
func plain(err error) error {
	if path, ok := errors.AsType[*fs.PathError](err); ok {
		return fmt.Errorf("%s: %w", path.Path, path.Err)
	}
	return errors.New(strings.Join(strings.Fields(err.Error()), " "))
}
