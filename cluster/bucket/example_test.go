package bucket_test

import (
	"context"
	"errors"
	"fmt"

	"github.com/muster-mc/muster/cluster/bucket"
)

func Example() {
	ctx := context.Background()
	var b bucket.Bucket = &bucket.Memory{}
	if err := b.Put(ctx, "run/3/prints.0", []byte("0123456789")); err != nil {
		panic(err)
	}
	part, err := b.Get(ctx, "run/3/prints.0", 2, 3)
	fmt.Printf("%s %v\n", part, err)
	_, err = b.Get(ctx, "run/3/prints.0", 8, 3)
	fmt.Println(errors.Is(err, bucket.ErrNotFound))
	names, err := b.List(ctx, "run/")
	fmt.Println(names, err)
	// Output:
	// 234 <nil>
	// true
	// [run/3/prints.0] <nil>
}
