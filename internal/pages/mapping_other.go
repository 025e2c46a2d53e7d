//go:build !unix || purego

package pages

func mappedWords(_, _ uint64) ([]uint64, Mapping, bool) { return nil, Mapping{}, false }

func mapped(_, _ uint64) ([]byte, Mapping, bool) { return nil, Mapping{}, false }

// Release does nothing: no Mapping has memory here.
func (m Mapping) Release() {}

func advise[E any]([]E) {}
