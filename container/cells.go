package container

import (
	"fmt"
)

// Array is an array that can hold the elements of a container. Its length is the capacity.
type Array[E any] interface {
	[1]E | [2]E | [3]E | [4]E | [5]E | [6]E | [7]E | [8]E |
		[9]E | [10]E | [11]E | [12]E | [13]E | [14]E | [15]E | [16]E |
		[20]E | [24]E | [32]E | [48]E | [64]E
}

// Store is what can hold the elements of a queue or a log: an [Array], or a slice, which
// grows.
type Store[E any] interface{ Array[E] | []E }

// most is the largest number of elements, which a byte counts.
const most = 255

// cells are the elements of a container in order. Beyond the first n there are zeros.
//
// The count is a byte also if the elements are in a slice, whose length is then the same
// number: so that all methods but push and cut are the same code for both. The tag tells the
// reduction by symmetry that the zeros behind are no names of nodes.
type cells[E comparable, A Store[E]] struct {
	n     uint8
	items A `muster:"counted"`
}

func (c *cells[E, A]) full() bool {
	if _, grows := any(&c.items).(*[]E); grows {
		return c.n == most
	}
	return int(c.n) == len(c.items)
}

// push adds an element at the end. The method of the container is for the message of a
// panic.
func (c *cells[E, A]) push(method string, e E) {
	if c.full() {
		panic(fmt.Sprintf("container: %s beyond the %d elements that there is room for: test Full first, or give the container more room", method, c.n))
	}
	if s, grows := any(&c.items).(*[]E); grows {
		*s = append(*s, e)
	} else {
		c.items[c.n] = e
	}
	c.n++
}

// at returns an element, and panics as a slice does if there is none.
func (c *cells[E, A]) at(i int) E {
	if i < 0 || i >= int(c.n) {
		panic(fmt.Sprintf("container: there is no element %d: there are %d", i, c.n))
	}
	return c.items[i]
}

// cut removes the elements from the end on until n are left.
func (c *cells[E, A]) cut(n int) {
	var none E
	if s, grows := any(&c.items).(*[]E); grows {
		*s = (*s)[:n]
	} else {
		for i := n; i < int(c.n); i++ {
			c.items[i] = none
		}
	}
	c.n = uint8(n)
}

// drop removes the first elements. The others move up.
func (c *cells[E, A]) drop(n int) {
	for i := n; i < int(c.n); i++ {
		c.items[i-n] = c.items[i]
	}
	c.cut(int(c.n) - n)
}

// remove takes out one element. Those after it move up.
func (c *cells[E, A]) remove(i int) {
	for ; i+1 < int(c.n); i++ {
		c.items[i] = c.items[i+1]
	}
	c.cut(int(c.n) - 1)
}

// list returns the elements as a slice, for traces.
func (c *cells[E, A]) list() []E {
	list := make([]E, 0, c.n)
	for i := range int(c.n) {
		list = append(list, c.items[i])
	}
	return list
}
