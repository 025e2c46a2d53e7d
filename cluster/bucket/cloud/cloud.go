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
	"strings"
	"syscall"

	"gocloud.dev/blob"
	"gocloud.dev/blob/fileblob"
	_ "gocloud.dev/blob/s3blob" // s3://
	"gocloud.dev/gcerrors"

	"github.com/muster-mc/muster/cluster/bucket"
)

// Bucket is a bucket somewhere.
type Bucket struct{ blobs *blob.Bucket }

var _ bucket.Bucket = (*Bucket)(nil)

// Open opens a bucket: file:///DIR or a path for a directory, which is made if there is none;
// s3://BUCKET/PREFIX?region=REGION, with the parameters of s3blob; or another URL whose
// driver the program has. It makes sure that blobs can be written, read and removed.
func Open(ctx context.Context, address string) (*Bucket, error) {
	b, err := open(ctx, address)
	if err != nil {
		return nil, fmt.Errorf("the bucket %s cannot be used: %w", Redacted(address), plain(err))
	}
	c := &Bucket{b}
	if err := c.try(ctx); err != nil {
		_ = b.Close()
		return nil, fmt.Errorf("the bucket %s cannot be used: %w", Redacted(address), plain(err))
	}
	return c, nil
}

func open(ctx context.Context, address string) (*blob.Bucket, error) {
	scheme, rest, ok := strings.Cut(address, "://")
	if !ok {
		return openDirectory(address)
	}
	if scheme == "file" {
		if !strings.HasPrefix(rest, "/") {
			return nil, fmt.Errorf("want file:///DIRECTORY, with three slashes")
		}
		return openDirectory(filepath.FromSlash(rest))
	}
	u, err := url.Parse(address)
	if err != nil {
		return nil, errors.New("it is no URL")
	}
	prefix := strings.Trim(u.Path, "/")
	u.Path = ""
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

func orElse(err, otherwise error) error {
	if err != nil {
		return err
	}
	return otherwise
}

func openDirectory(dir string) (*blob.Bucket, error) {
	return fileblob.OpenBucket(dir, &fileblob.Options{CreateDir: true, NoTempDir: true, Metadata: fileblob.MetadataDontWrite, DirFileMode: 0o755})
}

// try writes, reads and removes a blob, so that a run does not find out after hours that it
// may not.
func (b *Bucket) try(ctx context.Context) error {
	name := fmt.Sprintf("try.%d", os.Getpid())
	if err := b.Put(ctx, name, []byte("muster")); err != nil {
		return err
	}
	if _, err := b.Get(ctx, name, 0, -1); err != nil {
		return err
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

// Put implements [bucket.Bucket].
func (b *Bucket) Put(ctx context.Context, name string, data []byte) error {
	err := b.blobs.Upload(ctx, name, bytes.NewReader(data), &blob.WriterOptions{ContentType: "application/octet-stream"})
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

// Close ends the use of the bucket.
func (b *Bucket) Close() error { return b.blobs.Close() }

// refusal marks errors that come again however often a thing is tried.
func refusal(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS), errors.Is(err, syscall.ENOTDIR):
	case gcerrors.Code(err) == gcerrors.PermissionDenied, gcerrors.Code(err) == gcerrors.InvalidArgument:
	case strings.Contains(err.Error(), "NoSuchBucket"):
	default:
		return err
	}
	return fmt.Errorf("%w: %w", bucket.ErrRefused, plain(err))
}

// plain is an error in one line, without the library's own words.
func plain(err error) error {
	if path, ok := errors.AsType[*fs.PathError](err); ok {
		return fmt.Errorf("%s: %w", path.Path, path.Err)
	}
	return errors.New(strings.Join(strings.Fields(err.Error()), " "))
}
