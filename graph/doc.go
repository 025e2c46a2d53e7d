// Package graph draws the state graph that [explore.GraphOf] makes: as DOT, for
// graphviz and its like, and as SVG.
//
// The SVG is laid out by dagre, a layered layout for directed graphs
// (https://github.com/dagrejs/dagre, in the folder dagre with its licence), which
// draws what leads on downwards and keeps edges from crossing. It is a JavaScript
// library, and runs in goja, a JavaScript engine written in Go; there is nothing
// like it in Go itself that is kept up.
package graph
