// Package graph draws the state graph that [explore.GraphOf] makes: as DOT, for
// graphviz and its like, and as SVG.
//
// The SVG is laid out by package layered, which draws steps downwards where the
// graph has no cycle, and lets few of them cross. DOT leaves the layout to the
// program that reads it.
package graph
