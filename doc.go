// Package muster is the root of Muster, an explicit-state model checker: it
// explores every state that a model can reach and checks what must be true in
// all of them. There is nothing to import here. Begin with
//
//   - [github.com/muster-mc/muster/model]: how a model is written;
//   - [github.com/muster-mc/muster/explore/mctest]: how one is checked in a test;
//   - [github.com/muster-mc/muster/explore]: how one is checked in a program;
//   - [github.com/muster-mc/muster/command]: how a command line is made of them.
//
// The folder examples/recipes has models of things that come up often, with a page each.
// The README beside this file shows all of it on one page, and ARCHITECTURE.md
// how it works. The tests of this package are about the repository as a whole.
package muster
