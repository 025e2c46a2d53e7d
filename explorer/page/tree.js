// The state as a tree, with what changed. Long lists are shown in parts, so that a state of
// ten thousand values is as quick as a small one.

import { app, setLink, change as redraw } from "./app.js";
import { byId, h, button, change, plural } from "./dom.js";

const lineMax = 64;    // letters of a value on one line
const listMax = 60;    // parts that are shown at first
const listMore = 200;  // and at each further click
const rowsMax = 400;   // matches of a filter

// What the user opened or closed, and how much of long lists is shown, by path.
const opened = new Map(), lengths = new Map();

// texts are the one-line texts of nodes, up to a few letters more than a line has.
const texts = new WeakMap();

export function inline(node) {
	let text = texts.get(node);
	if (text === undefined) texts.set(node, text = write(node));
	return text;
}

function write(node) {
	if (!node.parts) return node.text;
	const isNamed = node.kind === "struct" || node.kind === "map";
	let text = isNamed ? "{" : "[";
	for (const p of node.parts) {
		if (text.length > 200) return text + "…";
		if (node.kind === "struct" && p.dull) continue; // a field that says nothing
		text += (text.length > 1 ? " " : "") + (isNamed ? p.name + ":" : "") + inline(p);
	}
	return text + (isNamed ? "}" : "]");
}

export const clip = (text, most = lineMax) => text.length > most ? text.slice(0, most - 1) + "…" : text;

// at is the path of a part.
const at = (path, node) => (path + (node.step || "")).replace(/^\./, "");

// within: a change is in a part, or of the part as a whole.
const within = (path, c) => c.path === path || path === "" || c.path.startsWith(path) && (c.path[path.length] === "." || c.path[path.length] === "[");

export function state(tree, changes) {
	const filter = app.link.filter.trim().toLowerCase();
	const list = h("dl", { class: "tree" });
	if (app.link.pins.length) list.append(...pinned(tree, changes));
	if (filter || app.link.changed) list.append(...filtered(tree, changes, filter));
	else if (!tree.parts) list.append(row("State", "", 0, { text: inline(tree), changes }));
	else list.append(...parts(tree, "", 0, changes));
	return list;
}

// parts are the rows of a value's parts, and of those that were removed.
function parts(node, path, depth, changes) {
	const rows = [];
	const most = node.parts.length > listMax + 20 ? lengths.get(path) || listMax : node.parts.length;
	let left = changes;
	const shownAlways = i => left.length > 0 && left.some(c => within(at(path, node.parts[i]), c) && node.parts[i].step);
	for (let i = 0; i < node.parts.length; i++) {
		const p = node.parts[i], here = at(path, p);
		if (i >= most && !shownAlways(i)) continue;
		const mine = p.step ? left.filter(c => within(here, c)) : [];
		left = mine.length ? left.filter(c => !mine.includes(c)) : left;
		const alike = mine.length ? 1 : alikeFrom(node, i, path, changes);
		if (alike > 2) {
			rows.push(row(`[${i}..${i + alike - 1}]`, here, depth, { text: "all " + clip(inline(p)), faint: true }));
			i += alike - 1;
		} else rows.push(...part(p, here, depth, mine));
	}
	if (most < node.parts.length) rows.push(more(node, path, depth, most));
	for (const c of left) rows.push(row(c.path.slice(path.length).replace(/^\./, "") || "·", c.path, depth, { changes: [c] }));
	return rows;
}

// alikeFrom is how many equal elements of a list follow each other, none of them changed.
function alikeFrom(node, i, path, changes) {
	if (node.kind !== "list" || opened.get(at(path, node.parts[i]))) return 1;
	let n = 1;
	const text = inline(node.parts[i]);
	while (i + n < node.parts.length && inline(node.parts[i + n]) === text && !changes.some(c => within(at(path, node.parts[i + n]), c))) n++;
	return n;
}

function more(node, path, depth, most) {
	const left = node.parts.length - most;
	return h("div", { class: "row", "--depth": depth },
		h("dt", {}, "…"),
		h("dd", {}, button(`show ${Math.min(listMore, left)} more of ${left.toLocaleString("en")}`, () => { lengths.set(path, most + listMore); redraw(); }, { class: "link" })));
}

// part is the rows of one part.
function part(node, path, depth, changes) {
	const title = (node.step || "").replace(/^\./, "") || node.name || ""; // as paths have it: ["key"]
	if (!node.parts) return [row(title, path, depth, { text: inline(node), changes })];
	const whole = changes.filter(c => c.path === path), below = changes.filter(c => c.path !== path);
	const columns = depth < 2 && columnsOf(node);
	const text = inline(node);
	const isShort = text.length <= lineMax && !columns;
	const isOpen = opened.has(path) ? opened.get(path) : below.length > 0 || (columns ? depth === 0 : depth === 0 && !isShort && node.parts.length <= 12);
	if (isShort && !below.length && !opened.get(path)) return [row(title, path, depth, { text, changes: whole, toggle: [node, false] })];
	const head = row(title, path, depth, { text: isOpen ? "" : clip(text), faint: true, changes: whole, toggle: [node, isOpen], inside: below.length });
	if (!isOpen) return [head];
	if (columns) return [head, table(node, path, depth, columns, below)];
	return [head, ...parts(node, path, depth + 1, below)];
}

// row is a line: a name, and the value with its changes.
function row(title, path, depth, { text = "", changes = [], toggle, faint, inside = 0 }) {
	const isTold = changes.length === 1 && changes[0].after === text;
	const name = toggle ? h("button", { type: "button", class: "toggle", "aria-expanded": String(toggle[1]), click: () => { opened.set(path, !toggle[1]); redraw(); } }, title) : h("span", { class: "name" }, title);
	return h("div", { class: "row" + (changes.length || inside ? " changed" : ""), "--depth": depth },
		h("dt", {}, name, path ? pin(path) : null),
		h("dd", {},
			changes.map(c => change(c)),
			text && !isTold ? h("span", { class: "value" + (faint ? " faint" : "") }, text) : null));
}

function pin(path) {
	const is = app.link.pins.includes(path);
	return button(is ? "★" : "☆", () => setLink({ pins: is ? app.link.pins.filter(p => p !== path) : [...app.link.pins, path] }),
		{ class: "pin", "aria-pressed": String(is), "aria-label": (is ? "unpin " : "pin ") + path, title: is ? "unpin" : "pin to the top" });
}

// pinned are the rows of pinned parts, which are on top whatever else is shown.
function pinned(tree, changes) {
	const rows = app.link.pins.map(p => {
		const node = find(tree, "", p), mine = changes.filter(c => within(p, c));
		const all = mine.map(c => c.path === p ? c : { ...c, before: c.before && `${c.path.slice(p.length)} ${c.before}` });
		return row(p, p, 0, { text: node ? clip(inline(node), 200) : "–", changes: all });
	});
	return [h("div", { class: "pins" }, rows)];
}

export function find(node, path, wanted) {
	if (path === wanted) return node;
	for (const p of node.parts || []) {
		const here = at(path, p);
		if (p.step && (here === wanted || wanted.startsWith(here + ".") || wanted.startsWith(here + "["))) {
			const got = find(p, here, wanted);
			if (got) return got;
		}
	}
	return null;
}

// leaves lists the parts without parts of their own, and sets and queues, by their paths.
export function leaves(node, path = "", to = []) {
	const isWhole = !node.parts || node.parts.some(p => !p.step);
	if (isWhole) to.push({ path, text: inline(node) });
	else for (const p of node.parts) leaves(p, at(path, p), to);
	return to;
}

// filtered are leaves whose path or value has the text of the filter, or changed.
function filtered(tree, changes, filter) {
	const all = leaves(tree), rows = [];
	let left = changes, found = 0;
	const matches = (path, text) => !filter || path.toLowerCase().includes(filter) || text.toLowerCase().includes(filter);
	for (const l of all) {
		const mine = left.filter(c => c.path === l.path);
		if (mine.length) left = left.filter(c => !mine.includes(c));
		const told = l.text + mine.map(c => " " + c.before + " " + c.after).join("");
		if (!matches(l.path, told) || app.link.changed && !mine.length) continue;
		if (++found <= rowsMax) rows.push(row(l.path || "State", l.path, 0, { text: clip(l.text, 300), changes: mine }));
	}
	for (const c of left) if (matches(c.path, c.before + " " + c.after)) { found++; rows.push(row(c.path, c.path, 0, { changes: [c] })); }
	if (found > rowsMax) rows.push(h("p", { class: "faint" }, `and ${plural(found - rowsMax, "more row")}: filter for more`));
	if (!found) rows.push(h("p", { class: "faint" }, app.link.changed && !filter ? "nothing changed in this step" : "nothing matches"));
	return rows;
}

// columnsOf are the fields of a list of structs, if it can be a table.
function columnsOf(node) {
	const first = node.parts[0];
	if (!["list", "set", "map", "queue", "log"].includes(node.kind) || first.kind !== "struct" || !first.parts || first.parts.length < 2 || first.parts.some(p => !p.step)) return null;
	const names = first.parts.map(p => p.name);
	const isRow = p => p.kind === "struct" && p.parts && p.parts.length === names.length && p.parts.every((q, i) => q.name === names[i]);
	return node.parts.slice(0, 300).every(isRow) && node.parts.every(p => p.parts) ? names : null;
}

// table shows structs in a list, with changes in the cells. Equal neighbours share a line.
function table(node, path, depth, columns, changes) {
	const most = node.parts.length > listMax + 20 ? lengths.get(path) || listMax : node.parts.length;
	const lines = [];
	let left = changes;
	for (let i = 0; i < node.parts.length; i++) {
		const p = node.parts[i], here = at(path, p);
		const mine = p.step ? left.filter(c => within(here, c)) : [];
		if (i >= most && !mine.length) continue;
		left = mine.length ? left.filter(c => !mine.includes(c)) : left;
		const alike = mine.length ? 1 : alikeFrom(node, i, path, changes);
		if (alike > 1) {
			lines.push(h("tr", {}, h("th", { scope: "row" }, `[${i}..${i + alike - 1}]`), h("td", { class: "folded", colspan: columns.length }, "all " + clip(inline(p), 120))));
			i += alike - 1;
			continue;
		}
		lines.push(line(p, here, columns, mine));
	}
	for (const c of left) lines.push(h("tr", { class: "changed" }, h("th", { scope: "row" }, c.path.slice(path.length) || "·"), h("td", { class: "whole", colspan: columns.length }, change(c))));
	const width = node.parts.slice(0, most).reduce((w, p) => Math.max(w, p.parts ? p.parts.reduce((s, q) => s + Math.max(q.name.length, Math.min(inline(q).length, 40)) + 2, 0) : 0), 0);
	return h("div", { class: "row grid-row", "--depth": depth },
		h("dt", { class: "unseen" }, node.name + " as a table"),
		h("dd", { class: "grid" + (width > room ? " wide" : "") }, h("table", {}, h("caption", { class: "unseen" }, node.name),
			lines.some(l => l.querySelector("[data-column]")) ? h("thead", {}, h("tr", {}, h("td", {}), columns.map(c => h("th", { scope: "col" }, c)))) : "",
			h("tbody", {}, lines)),
			most < node.parts.length ? more(node, path, 0, most) : null));
}

// room is how many letters a line of a table has. To ask for a width takes a layout of the
// whole page, so it is asked once for each size of the window.
let room = 0;

export function measure() { room = (byId("view").clientWidth - 70) / 8; }

window.addEventListener("resize", () => { measure(); redraw(); });

function line(node, path, columns, changes) {
	const isNew = changes.some(c => c.path === path && c.after);
	return h("tr", { class: isNew && "changed" },
		h("th", { scope: "row", class: changes.length > 0 && "changed" }, node.name || node.step || "·"),
		node.parts.map(p => {
			const here = at(path, p), mine = changes.filter(c => within(here, c)), text = inline(p);
			const isTold = mine.length === 1 && mine[0].path === here && mine[0].after === text;
			return h("td", { "data-column": p.name, class: mine.length > 0 && "changed" }, h("div", {},
				mine.map(c => change(c, c.path.slice(here.length).replace(/^\./, ""))),
				isTold ? null : h("span", { class: "value" + (mine.length ? " faint" : "") }, clip(text, mine.length ? 40 : 120))));
		}));
}
