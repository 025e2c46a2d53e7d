// What browsers have and the engine lacks: a deep copy of plain data.
function structuredClone(value) {
  if (Array.isArray(value)) return value.map(structuredClone);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, structuredClone(v)]));
}

// Lays a graph out. Given and returned as JSON: layout.go has the types.
function layout(text) {
  const input = JSON.parse(text);
  const g = new dagre.graphlib.Graph({ multigraph: true });
  g.setGraph({ rankdir: "TB", nodesep: 28, ranksep: 46, edgesep: 14, marginx: 16, marginy: 16 });
  input.nodes.forEach((n, i) => g.setNode(String(i), { width: n.width, height: n.height }));
  input.edges.forEach((e, i) =>
    g.setEdge(String(e.from), String(e.to), { width: e.width, height: e.height, labelpos: "c" }, String(i)));
  dagre.layout(g);
  const size = g.graph();
  return JSON.stringify({
    width: size.width,
    height: size.height,
    nodes: input.nodes.map((_, i) => ({ x: g.node(String(i)).x, y: g.node(String(i)).y })),
    edges: input.edges.map((e, i) => {
      const edge = g.edge(String(e.from), String(e.to), String(i));
      return { x: edge.x || 0, y: edge.y || 0, points: edge.points };
    }),
  });
}
