// The run: its steps, its loop, the tabs of several runs.

import { app, run, goTo, setLoop, duplicate, close, select, compareWith, look } from "./app.js";
import { byId, h, show, button } from "./dom.js";
import { recordOf } from "./log.js";

// A long run is shown in part: the steps around the current one, and those that are taken at
// its end, as long as they are not too many.
const windowMax = 400, windowEdge = 40, windowMore = 100;

let drawn = { steps: null, loop: 0, filter: "", notes: "", first: 0, last: 0 };

export function draw() {
	const r = run();
	tabs();
	const now = { steps: r.steps, loop: r.loop, filter: app.link.filter, notes: JSON.stringify(r.notes), ...part(r) };
	if (Object.keys(now).some(k => now[k] !== drawn[k])) list(r, now);
	drawn = now;
	mark(r);
	lasso(r);
}

// part is which steps are shown: the same as before as long as the current one is well
// inside of them.
function part(r) {
	const n = r.steps.length, { first, last } = drawn;
	if (n <= windowMax) return { first: 0, last: n };
	const isEnd = drawn.steps?.length === last && n - first <= windowMax + windowMore && r.at > first + windowEdge;
	if (last - first >= windowMax && isEnd) return { first, last: n };
	const isInside = (first === 0 || r.at - first > windowEdge) && (last === n || last < n && last - r.at > windowEdge);
	if (last - first >= windowMax && r.at > first && r.at <= last && isInside) return { first, last };
	const from = Math.max(0, Math.min(n - windowMax, r.at - windowMax / 2));
	return { first: from, last: from + windowMax };
}

// list draws the steps of a part. Those that are there already, with nothing about them
// changed, stay.
function list(r, { steps, loop, filter, notes, first, last }) {
	const ol = byId("steps"), same = drawn.loop === loop && drawn.filter === filter && drawn.notes === notes && drawn.first === first && loop === 0;
	let kept = 0;
	while (same && kept < last - first && first + kept < drawn.last && drawn.steps[first + kept] === steps[first + kept]) kept++;
	const more = (n, text, to) => n > 0 ? h("li", { class: "more" }, button(`${n.toLocaleString("en")} ${text}`, () => goTo(to), { class: "link" })) : null;
	const items = [];
	for (let i = first + kept; i < last; i++) items.push(item(r, i, filter.trim().toLowerCase()));
	const old = [...ol.children].filter(e => e.className !== "more").slice(0, kept);
	const bottom = more(steps.length - last, "later steps", last + 1), top = more(first, "earlier steps", first);
	if (kept === 0) return show(ol, top, items, bottom);
	while (ol.lastChild && ol.lastChild !== old[kept - 1]) ol.lastChild.remove();
	ol.append(...items, ...bottom ? [bottom] : []);
}

function item(r, i, filter) {
	const s = r.steps[i], n = i + 1;
	const isLoop = r.loop > 0 && (r.loop === r.steps.length ? n === r.loop : n > r.loop);
	const touches = !filter || s.label.toLowerCase().includes(filter) || s.changes.some(c => (c.path + " " + c.before + " " + c.after).toLowerCase().includes(filter));
	const mark = r.loop === 0 ? "" : r.loop === r.steps.length && n === r.loop ? "stays here for ever" : n === r.loop ? "from here on, for ever:" : n === r.steps.length ? `back to ${r.loop}` : "";
	return h("li", { class: (isLoop ? "in-loop" : "") + (touches ? "" : " untouched") },
		h("a", { href: "#", "data-number": n, class: s.fault && "fault", click: e => { e.preventDefault(); goTo(n); } },
			h("span", { class: "number" }, n), " ", h("span", { class: "label" }, s.label),
			s.fault ? [" ", h("span", { class: "kind" }, "fault: " + s.fault)] : null,
			app.log ? h("span", { class: "record-mark" }, recordOf(r, n)) : null,
			r.notes[n] ? h("span", { class: "note-mark" }, "“" + r.notes[n] + "”") : null,
			mark ? h("span", { class: "loop" }, mark) : null));
}

// mark marks the current step, and has the list show it. The page itself does not scroll. Where
// the step is takes a layout, so it is asked in the next frame, which makes one anyway.
function mark(r) {
	const ol = byId("steps");
	ol.querySelector("[aria-current]")?.removeAttribute("aria-current");
	const link = ol.querySelector(`[data-number="${r.at}"]`);
	if (!link) return;
	link.setAttribute("aria-current", "step");
	requestAnimationFrame(() => {
		if (!link.hasAttribute("aria-current")) return;
		const top = link.offsetTop - ol.offsetTop, bottom = top + link.offsetHeight;
		if (top < ol.scrollTop || bottom > ol.scrollTop + ol.clientHeight) ol.scrollTop = top - ol.clientHeight / 2;
	});
}

function tabs() {
	const name = (r, i) => r.name || `run ${i + 1}`;
	const several = app.runs.length > 1;
	show(byId("run-tools"),
		several ? h("select", { "aria-label": "which run", change: e => select(Number(e.target.value)) },
			app.runs.map((r, i) => h("option", { value: i, selected: i === app.current }, name(r, i)))) : null,
		several ? h("select", { "aria-label": "compare with", change: e => compareWith(Number(e.target.value)) },
			h("option", { value: -1, selected: app.beside < 0 }, "alone"),
			app.runs.map((r, i) => i === app.current ? null : h("option", { value: i, selected: i === app.beside }, "beside " + name(r, i)))) : null,
		button("copy", () => duplicate(), { title: "keep this run, and go on with a copy (d)", "aria-label": "keep this run, and go on with a copy", class: "small" }),
		several ? button("close", () => close(app.current), { class: "small", "aria-label": "close this run" }) : null);
}

// lasso offers to close a loop, or says what becomes of it.
function lasso(r) {
	const a = app.answer, box = byId("lasso"), atEnd = r.at === r.steps.length;
	if (!a || !atEnd || a.number !== r.at) return show(box);
	if (!r.loop) {
		const offers = a.same.map(n => button(`go back to ${n} for ever`, () => setLoop(n), { class: "small" }));
		if (a.view.moves.length === 0 && a.number > 0) offers.push(button("stay here for ever", () => setLoop(r.at), { class: "small" }));
		return show(box, offers.length ? h("p", { class: "offer" }, a.same.length ? `This state is state ${a.same.join(", ")} again. ` : "", offers) : null);
	}
	if (!a.lasso) return show(box);
	const l = a.lasso, fair = l.fair.filter(f => f.fairness !== "none"), free = l.fair.filter(f => f.fairness === "none");
	show(box, h("div", { class: "verdict" },
		l.problem ? h("p", {}, h("strong", { class: "bad" }, "no counterexample: "), l.problem) :
			l.violated.length ? l.violated.map(v => h("p", {}, h("strong", { class: "bad" }, "violates " + v.name), v.detail ? ": " + v.detail : "")) :
				h("p", {}, h("strong", { class: "good" }, "a fair run "), "that violates no property about whole runs"),
		l.waits?.length ? h("p", {}, l.waits.join("; ")) : null,
		reasons("the loop is fair to", fair), reasons("enabled in the loop, taken nowhere in it, and owed nothing", free),
		button("open the loop", () => setLoop(0), { class: "small" })));
}

function reasons(title, list) {
	if (!list.length) return null;
	const why = f => f.state ? `${f.reason} at ${f.state}` : f.reason;
	return h("table", {}, h("caption", {}, title), h("tbody", {}, list.map(f => h("tr", {},
		h("th", { scope: "row" }, f.action), f.fairness === "none" ? null : h("td", {}, f.fairness), h("td", {}, why(f))))));
}
