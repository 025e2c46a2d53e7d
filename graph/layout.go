package graph

import (
	_ "embed"
	"encoding/json"
	"fmt"

	"github.com/dop251/goja"
)

//go:embed dagre/dagre.min.js
var dagre string

//go:embed layout.js
var layoutScript string

// boxes is what is to be laid out: nodes and the labels of edges, by their size.
type boxes struct {
	Nodes []box     `json:"nodes"`
	Edges []edgeBox `json:"edges"`
}

type box struct {
	Width  float64 `json:"width"`
	Height float64 `json:"height"`
}

type edgeBox struct {
	From int `json:"from"`
	To   int `json:"to"`
	box
}

// placed is where everything is, nodes and labels by their middle.
type placed struct {
	Width  float64      `json:"width"`
	Height float64      `json:"height"`
	Nodes  []point      `json:"nodes"`
	Edges  []placedEdge `json:"edges"`
}

type point struct {
	X float64 `json:"x"`
	Y float64 `json:"y"`
}

type placedEdge struct {
	point
	Points []point `json:"points"` // from the border of one node to that of the other
}

// layOut finds a place for everything. It is the same every time.
func layOut(b boxes) (*placed, error) {
	vm := goja.New()
	for _, script := range []string{dagre, layoutScript} {
		if _, err := vm.RunString(script); err != nil {
			return nil, fmt.Errorf("graph: %w", err)
		}
	}
	layout, _ := goja.AssertFunction(vm.Get("layout"))
	text, err := json.Marshal(b)
	if err != nil {
		return nil, err
	}
	result, err := layout(goja.Undefined(), vm.ToValue(string(text)))
	if err != nil {
		return nil, fmt.Errorf("graph: %w", err)
	}
	p := &placed{}
	return p, json.Unmarshal([]byte(result.String()), p)
}
