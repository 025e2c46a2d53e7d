// The views of a place: the state, the picture, the sequence diagram, the neighbourhood,
// and two runs side by side.

import { app, run, goTo, setLink, setNote, take, replace, words, fail, look } from "./app.js";
import { ask } from "./api.js";
import { byId, h, svg, show, button, change, plural } from "./dom.js";
import * as tree from "./tree.js";

const tabs = {
	state: ["State", () => true, stateView],
	picture: ["Picture", () => app.model.picture, pictureView],
	diagram: ["Messages", () => run().steps.some(s => /[(,] ?(message|lost)=/.test(s.label)), diagramView],
	around: ["Neighbourhood", () => run().at > 0, aroundView],
	beside: ["Side by side", () => app.beside >= 0, besideView],
};

export function chosen() {
	const t = tabs[app.link.tab];
	return t && t[1]() ? app.link.tab : "state";
}

export function choose(tab) { if (tabs[tab][1]()) setLink({ tab }); }

export function draw() {
	const a = app.answer;
	if (!a) return;
	const r = run();
	byId("place-heading").textContent = a.number === 0 ? "Before the first state" : `State ${a.number}: ${r.steps[a.number - 1]?.label ?? ""}`;
	show(byId("marks"), a.view.outside ? h("span", { class: "flag" }, "outside the constraint") : null,
		a.view.deadlock ? h("span", { class: "flag bad" }, "deadlock") : null,
		a.lasso?.violated.map(v => h("span", { class: "flag bad" }, "✗ the loop violates " + v.name)),
		a.same.length ? h("span", { class: "flag" }, `equals state ${a.same.join(", ")}`) : null);
	const now = chosen();
	bar(now);
	tabs[now][2](a);
}

function bar(now) {
	const names = Object.keys(tabs).filter(t => tabs[t][1]());
	const element = byId("tabs");
	if (element.dataset.names !== names.join()) {
		element.dataset.names = names.join();
		show(element, names.map(t => h("button", { type: "button", role: "tab", id: "tab-" + t, "aria-controls": "view", click: () => choose(t), keydown: e => step(e, names) }, tabs[t][0])));
	}
	for (const t of names) {
		byId("tab-" + t).setAttribute("aria-selected", String(t === now));
		byId("tab-" + t).tabIndex = t === now ? 0 : -1;
	}
	byId("view").setAttribute("aria-labelledby", "tab-" + now);
}

// step goes to the tab beside, as arrow keys do in a list of tabs.
function step(e, names) {
	const by = { ArrowRight: 1, ArrowLeft: -1 }[e.key];
	if (!by) return;
	e.preventDefault();
	e.stopPropagation();
	const next = names[(names.indexOf(chosen()) + by + names.length) % names.length];
	choose(next);
	byId("tab-" + next).focus();
}

// The state.

function stateView(a) {
	const view = byId("view");
	let tools = byId("state-tools");
	if (!tools) {
		show(view, tools = filter(), h("div", { id: "tree" }));
	}
	tools.querySelector("#changed").setAttribute("aria-pressed", String(app.link.changed));
	const input = tools.querySelector("input");
	if (document.activeElement !== input) input.value = app.link.filter;
	const changes = a.number > 1 ? run().steps[a.number - 1]?.changes ?? [] : [];
	show(byId("tree"), problems(a), a.number === 0 ? h("p", { class: "faint" }, "Init makes the first state: choose one on the right.") : tree.state(a.view.tree, changes), note(a));
}

function filter() {
	return h("div", { class: "filter", id: "state-tools", role: "search" },
		h("input", { type: "search", id: "filter", placeholder: "filter by field or value", "aria-label": "filter by field or value", input: e => setLink({ filter: e.target.value }) }),
		button("only changes", () => setLink({ changed: !app.link.changed }), { id: "changed", class: "small" }));
}

function problems(a) {
	return [
		a.view.panic ? h("p", { class: "alert" }, a.view.panic) : null,
		a.view.waits?.length ? h("ul", { class: "waits" }, a.view.waits.map(w => h("li", {}, h("strong", {}, w.who), " waits ", w.for, w.at ? [", at ", h("code", {}, w.at)] : null))) : null,
	];
}

function note(a) {
	if (a.number === 0) return null;
	const text = run().notes[a.number] || "";
	return h("label", { class: "note" }, h("span", { class: "faint" }, "note on this state, kept in the link"),
		h("textarea", { id: "note", rows: text ? 2 : 1, change: e => setNote(a.number, e.target.value.trim()) }, text));
}

// The picture, in a frame where no script runs.

let style = ""; // of the frame, which the policy of the page knows

async function pictureView(a) {
	const view = byId("view");
	if (a.view.pictureFailed) return show(view, h("p", { class: "alert" }, a.view.pictureFailed));
	try {
		style ||= await (await fetch("/page/picture.css")).text();
	} catch (e) { return fail(e); }
	if (chosen() !== "picture" || app.answer !== a) return;
	const page = `<!DOCTYPE html><html><head><meta charset="utf-8"><style>${style}</style></head><body>${a.view.picture || ""}</body></html>`;
	let frame = view.querySelector("iframe");
	if (!frame) show(view, frame = h("iframe", { sandbox: "", class: "picture", title: "picture of the state" }));
	frame.style.setProperty("--height", heightOf(a.view.picture || "", view));
	if (frame.srcdoc !== page) frame.srcdoc = page;
}

// heightOf is the height of the frame around a picture, which shrinks where it is wider than
// the view.
function heightOf(picture, view) {
	const [width, height] = ["width", "height"].map(name => Number(new RegExp(`^<svg[^>]* ${name}="(\\d+)"`).exec(picture)?.[1]));
	if (!height) return "min(60vh, 34rem)";
	return Math.min(height * Math.min(1, (view.clientWidth - 18) / (width || 1)) + 24, 800) + "px";
}

// The sequence diagram.

let diagrams = { key: "", diagram: null };

async function diagramView() {
	const view = byId("view"), key = words(run().steps);
	if (diagrams.key !== key) {
		const mine = diagrams = { key, diagram: null };
		show(view, h("p", { class: "faint" }, "drawing…"));
		try {
			mine.diagram = run().steps.length ? (await ask("diagram", { steps: key })).diagram : null;
		} catch (e) { return fail(e); }
		if (mine !== diagrams || chosen() !== "diagram") return;
	}
	show(view, diagrams.diagram ? h("figure", { class: "scroll", tabindex: 0, "aria-label": "messages" }, sequence(diagrams.diagram)) : h("p", { class: "faint" }, "No step of this run delivers a message."));
}

function sequence(d) {
	const r = run();
	return svg("svg", { viewBox: `0 0 ${d.width} ${d.height}`, width: d.width, height: d.height, "aria-label": "sequence diagram", role: "group" },
		svg("defs", {}, svg("marker", { id: "head", viewBox: "0 0 8 8", refX: 8, refY: 4, markerWidth: 8, markerHeight: 8, orient: "auto" }, svg("path", { d: "M0 0 8 4 0 8z" }))),
		d.lanes.map(l => [svg("text", { class: "lane", x: l.x, y: 18 }, l.name), svg("line", { class: "life", x1: l.x, y1: 28, x2: l.x, y2: d.height })]),
		d.rows.map(e => svg("a", { href: "#", class: e.fault && "fault", "aria-current": e.number === r.at && "step", "aria-label": `${e.number} ${e.label}`, click: x => { x.preventDefault(); goTo(e.number); } },
			e.message ? svg("line", { class: "message", ...e.message, "marker-end": !e.cross && "url(#head)" }) : null,
			e.cross ? svg("path", { class: "cross", d: `M${e.x - 5} ${e.y - 5} ${e.x + 5} ${e.y + 5}M${e.x + 5} ${e.y - 5} ${e.x - 5} ${e.y + 5}` }) : e.x && !e.message ? svg("circle", { cx: e.x, cy: e.y, r: 3 }) : null,
			svg("text", { class: "count", x: 8, y: e.y }, e.number), svg("text", { x: e.textX, y: e.y - 5 }, e.caption))));
}

// The neighbourhood.

let near = { key: "", drawing: null, states: 30 };

async function aroundView(a) {
	const view = byId("view"), key = words(run().steps.slice(0, a.number));
	if (near.key !== key + near.states) {
		const mine = near = { key: key + near.states, drawing: null, states: near.states };
		show(view, h("p", { class: "faint" }, "drawing…"));
		try {
			mine.drawing = await ask("around", { steps: key, states: near.states });
		} catch (e) { return fail(e); }
		if (mine !== near || chosen() !== "around") return;
	}
	const d = near.drawing;
	if (!d) return;
	show(view, h("div", { class: "filter" },
		h("label", {}, "states ", h("select", { id: "around-states", change: e => { near.states = Number(e.target.value); draw(); } },
			[10, 30, 60, 100, 200].map(n => h("option", { value: n, selected: n === near.states }, n)))),
		h("span", { class: "faint" }, `${plural(d.nodes.length, "state")}${d.whole ? ": all that can be reached" : ""}; choose one to go there`)),
		h("figure", { class: "scroll", tabindex: 0, "aria-label": "neighbourhood" }, graph(d)));
	const figure = view.querySelector("figure");
	figure.scrollTo(d.nodes[0].x - figure.clientWidth / 2, d.nodes[0].y - 60); // here is in the middle
}

function graph(d) {
	return svg("svg", { class: "graph", viewBox: `0 0 ${Math.ceil(d.width)} ${Math.ceil(d.height)}`, width: Math.ceil(d.width), height: Math.ceil(d.height), role: "group", "aria-label": "neighbourhood" },
		svg("defs", {}, svg("marker", { id: "tip", viewBox: "0 0 8 8", refX: 8, refY: 4, markerWidth: 7, markerHeight: 7, orient: "auto" }, svg("path", { d: "M0 0 8 4 0 8z" }))),
		d.edges.map(e => [svg("path", { class: "edge", d: curve(e.curve), "marker-end": "url(#tip)" }), lines(e.lines, e.label, "edge-label")]),
		d.nodes.map((n, i) => svg("a", {
			href: "#", class: "node" + (i === 0 ? " here" : "") + (n.violates.length ? " broken" : "") + (n.outside ? " outside" : "") + (n.end ? " end" : ""),
			click: e => { e.preventDefault(); follow(n.steps); },
		},
			svg("rect", { x: n.x - n.width / 2, y: n.y - n.height / 2, width: n.width, height: n.height, rx: 6 }),
			lines(n.lines, [n.x, n.y], ""))));
}

const curve = points => `M${points[0]} ` + Array.from({ length: (points.length - 1) / 3 | 0 }, (_, i) => "C" + points.slice(3 * i + 1, 3 * i + 4).join(" ")).join(" ");

const lines = (texts, [x, y], name) => texts.map((t, i) => svg("text", { class: name || false, x, y: y - (texts.length - 1) * 8 + 4 + i * 16 }, t));

async function follow(steps) {
	if (!steps.length) return;
	const before = run().steps.slice(0, run().at);
	try {
		const answer = await ask("at", { steps: [words(before), ...steps].join(" "), since: before.length });
		replace([...before, ...answer.trace]);
	} catch (e) { fail(e); }
}

// Two runs side by side.

let onlyDifferent = true;

function besideView(a) {
	const b = app.other, view = byId("view"), left = run(), right = app.runs[app.beside];
	if (!b) return show(view, h("p", { class: "faint" }, "asking…"));
	const name = (r, i) => `${r.name || "run " + (i + 1)}, state ${r.at}`;
	const rows = merge(a.view.tree, b.view.tree).filter(x => !onlyDifferent || x.a !== x.b);
	show(view,
		h("div", { class: "filter" },
			button("← both", () => both(-1), { class: "small" }), button("both →", () => both(1), { class: "small" }),
			button("only differences", () => { onlyDifferent = !onlyDifferent; draw(); }, { class: "small", "aria-pressed": String(onlyDifferent) })),
		h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "two runs" }, h("table", { class: "beside" },
			h("caption", { class: "unseen" }, "the states of two runs"),
			h("thead", {}, h("tr", {}, h("td", {}), h("th", { scope: "col" }, name(left, app.current)), h("th", { scope: "col" }, name(right, app.beside)))),
			h("tbody", {}, rows.slice(0, 500).map(x => h("tr", { class: x.a !== x.b && "changed" }, h("th", { scope: "row" }, x.path), h("td", {}, x.a ?? "–"), h("td", {}, x.b ?? "–"))),
				rows.length === 0 ? h("tr", {}, h("td", { colspan: 3 }, "the states are equal")) : null)),
			h("table", { class: "beside of-steps", "aria-label": "the steps of two runs" },
				h("tbody", {}, Array.from({ length: Math.max(left.steps.length, right.steps.length) }, (_, i) => h("tr", { class: left.steps[i]?.step !== right.steps[i]?.step && "changed" },
					h("th", { scope: "row" }, i + 1), sideStep(left, i, "left"), sideStep(right, i, "right")))))));
}

function sideStep(r, i) {
	if (!r.steps[i]) return h("td", {}, "");
	return h("td", {}, h("button", { type: "button", class: "link", "aria-current": r.at === i + 1 && "step", click: () => { r.at = i + 1; look(); } }, r.steps[i].label));
}

function both(by) {
	for (const r of [run(), app.runs[app.beside]]) r.at = Math.max(0, Math.min(r.steps.length, r.at + by));
	look();
}

function merge(a, b) {
	const list = new Map();
	for (const l of tree.leaves(a)) list.set(l.path, { path: l.path, a: l.text });
	for (const l of tree.leaves(b)) list.set(l.path, { path: l.path, ...list.get(l.path), b: l.text });
	return [...list.values()];
}
