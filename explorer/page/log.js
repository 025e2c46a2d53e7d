// What a comparison with the log of a real system has found: the records that led to the state
// that is shown, and, where no record is possible any more, the next one with the reasons.

import { app, run, goTo } from "./app.js";
import { byId, h, show, button, plural } from "./dom.js";

let kept = { steps: null, found: null };

// followed is which of the log's runs a run follows, and for how many steps.
function followed(r) {
	if (kept.steps === r.steps) return kept.found;
	let found = { of: null, steps: 0 };
	for (const l of app.log.runs) {
		let n = 0;
		while (n < r.steps.length && n < l.steps.length && r.steps[n].step === l.steps[n]) n++;
		if (n > found.steps || !found.of) found = { of: l, steps: n };
	}
	kept = { steps: r.steps, found };
	return found;
}

// recordOf is the record that led to a state of a run, if one did, in short.
export function recordOf(r, number) {
	if (!app.log) return "";
	const { of, steps } = followed(r);
	if (number > steps) return "";
	const list = at(of, number);
	return list.map(x => (app.log.logs.length > 1 ? x.log + ":" : "line ") + x.line + " " + x.kind).join(", ");
}

// at lists the records that led to a state: that of its step, and those after it that are no
// step. The records are in the order of their states.
function at(of, number) {
	let first = 0, last = of.records.length;
	while (first < last) {
		const middle = (first + last) >> 1;
		if (of.records[middle].state < number) first = middle + 1;
		else last = middle;
	}
	const list = [];
	for (; first < of.records.length && of.records[first].state === number; first++) list.push(of.records[first]);
	return list;
}

export function draw() {
	const box = byId("log");
	box.hidden = !app.log;
	if (!app.log || !app.answer) return;
	const r = run(), { of, steps } = followed(r), isEnd = r.at === of.steps.length && steps === r.at;
	const list = r.at <= steps ? at(of, r.at) : [];
	show(box, h("p", { class: "log-verdict" }, verdict(), " ", isEnd || steps < of.steps.length ? null : button(of.why.length ? "go to the rejected record" : "go to the end of the log", () => goTo(of.steps.length), { class: "link" })),
		r.at > steps ? h("p", { class: "faint" }, `This run has left the log after state ${steps}.`) : null,
		list.map(record),
		r.at > 1 && r.at <= steps && !list.length ? h("p", { class: "faint" }, "a hidden step: no record shows it") : null,
		isEnd ? of.why.map(why) : null,
		isEnd && of.hidden ? h("p", { class: "faint" }, `Hidden steps lead to ${plural(of.hidden, "further state")} from here, and the record comes no nearer in any.`) : null,
		of.violations.filter(v => v.step === r.at && r.at <= steps).map(v => h("p", {}, h("strong", { class: "bad" }, "the run violates " + v.property), v.detail ? h("span", { class: "why" }, v.detail) : null)),
		unexercised());
}

function verdict() {
	const l = app.log, look = { accepted: "good", rejected: "bad" }[l.verdict] || "";
	const matched = l.verdict === "accepted" ? `: all ${plural(l.records, "record")} match` :
		`: ${l.matched.toLocaleString("en")} of ${plural(l.records, "record")} match, and the model may be in ${plural(l.possible, "state")} after them`;
	return [h("strong", { class: look }, "the log is " + l.verdict), matched, l.reason ? `; ${l.reason}` : ""];
}

const place = x => `${x.log}:${x.line}`;

function record(x) {
	return h("p", { class: "record" }, h("span", { class: "faint" }, place(x), " "), h("strong", {}, x.kind), " ", h("code", {}, x.text));
}

// why is a record that is not possible here, with the reasons.
function why(w) {
	return h("section", { class: "rejected", "aria-label": "the record that is not possible" },
		h("h3", {}, `not possible: record ${w.record.ordinal.toLocaleString("en")}, ${place(w.record)} ${w.record.kind}`),
		h("p", {}, w.words),
		w.hidden ? h("p", {}, "after the hidden steps " + w.hidden.join(", ")) : null,
		w.differences?.length ? h("table", {}, h("caption", { class: "unseen" }, "what differs"),
			h("thead", {}, h("tr", {}, h("td", {}), h("th", { scope: "col" }, "the model has"), h("th", { scope: "col" }, "the log has"))),
			h("tbody", {}, w.differences.map(d => h("tr", {}, h("th", { scope: "row" }, d.path), h("td", {}, d.model), h("td", {}, d.log))))) : null,
		w.or ? w.or.map(o => h("p", {}, "or: " + o)) : null,
		w.earlier ? h("p", {}, `The record was possible ${plural(w.earlier, "record")} earlier.`) : null,
		h("pre", { class: "scroll", tabindex: 0, "aria-label": "the record" }, w.record.text));
}

function unexercised() {
	const l = app.log;
	if (l.verdict !== "accepted" || !l.notTaken.length && !l.notRefused.length) return null;
	return h("details", {}, h("summary", {}, "what the log says nothing about"),
		l.notTaken.length ? h("p", {}, "it has no step of: " + l.notTaken.join(", ")) : null,
		l.notRefused.length ? h("p", {}, "guards that never refused on the way: " + l.notRefused.join(", ")) : null);
}
