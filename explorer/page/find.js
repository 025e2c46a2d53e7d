// Searches, and the check in the background.

import { app, run, words, replace, openText, setLink, announce, fail } from "./app.js";
import { ask, events } from "./api.js";
import { byId, h, show, button, plural } from "./dom.js";

let said = "", seed = 1, searching = null;

export function drawFind() {
	const form = byId("find");
	if (!form.firstChild) {
		form.addEventListener("submit", e => { e.preventDefault(); search("here"); });
		show(form,
			h("label", { for: "where", class: "unseen" }, "an expression about the state"),
			h("input", { id: "where", type: "text", spellcheck: "false", autocomplete: "off", autocapitalize: "off", "aria-describedby": "where-help", input: e => setLink({ where: e.target.value }) }),
			h("p", { id: "where-help", class: "faint" }, "such as ", h("code", { id: "example" }, "Holder == 2"), "; [*] is any element, and && || ! join"),
			h("div", { class: "buttons" },
				button("find from here", () => search("here"), { class: "small", type: "submit" }),
				button("from the start", () => search("start"), { class: "small" }),
				button("run on until", until, { class: "small", title: "along the run, and from its end on at random" })),
			h("p", { id: "found", role: "status" }));
	}
	const input = byId("where");
	if (document.activeElement !== input && input.value !== app.link.where) input.value = app.link.where;
	const leaf = app.answer && simple(app.answer.view.tree, "");
	if (leaf) byId("example").textContent = leaf;
	const box = byId("found");
	if (box.textContent !== said) box.textContent = said;
}

// simple is a comparison of the first part of a state that an expression can name and compare.
function simple(node, path) {
	for (const p of node.parts ?? []) {
		if (!p.step || !/^[.[\w\]]+$/.test(p.step)) continue;
		const here = path + p.step, isWord = /^-?\w+$/.test(p.text ?? "");
		const found = p.parts ? simple(p, here) : isWord && ["bool", "number", "text"].includes(p.kind) ? `${here.replace(/^\./, "")} == ${p.text}` : "";
		if (found) return found;
	}
	return "";
}

// searched runs a search. There is one at a time.
async function searched(what, search) {
	if (!app.link.where.trim()) {
		byId("where").focus();
		return say("write what the state shall be");
	}
	searching?.abort();
	const mine = searching = new AbortController();
	say(what + "…");
	try {
		const a = await search(mine.signal);
		if (mine === searching) tell(a);
	} catch (e) {
		if (e.name === "AbortError" || mine !== searching) return;
		say(e.message);
	}
}

export function say(text) {
	said = text;
	drawFind();
}

function tell(a) {
	const looked = `${plural(a.states, "state")} looked at`;
	if (a.found) {
		say(`found: state ${a.trace.length}; ${looked}`);
		arrive(a.trace);
	} else if (a.trace.length) {
		say(`not met: ${a.reason}, after ${looked}`);
		arrive(a.trace);
	} else say(a.whole ? `no such state can be reached; ${looked}` : `not found: ${a.reason}; ${looked}`);
}

// arrive goes to the end of a run. If it is a part of this run, the steps after it stay.
function arrive(steps) {
	const r = run();
	const isPart = steps.length <= r.steps.length && steps.every((s, i) => s.step === r.steps[i].step);
	if (isPart) replace(r.steps, steps.length);
	else replace(steps);
}

export const search = from => searched("searching", signal => ask("find", { steps: words(run().steps.slice(0, run().at)), where: app.link.where, from }, signal));

export const until = () => searched("going on", signal => ask("until", { steps: words(run().steps), from: run().at, where: app.link.where, seed: seed++ }, signal));

// The check in the background.

const check = { going: null, progress: null, found: [], done: null, failed: "" };

export async function startCheck() {
	if (check.going) return stopCheck();
	Object.assign(check, { going: new AbortController(), progress: null, found: [], done: null, failed: "" });
	drawCheck();
	try {
		await events("run", (name, data) => {
			if (name === "progress") check.progress = data;
			if (name === "found") { check.found.push(data); announce(`${data.name} is violated`); }
			if (name === "done") { check.done = data; announce("the check is over: " + data.verdict); }
			if (name === "failed") check.failed = data.error;
			drawCheck();
		}, check.going.signal);
	} catch (e) {
		if (e.name !== "AbortError") check.failed = e.message;
	}
	check.going = null;
	drawCheck();
}

function stopCheck() { check.going.abort(); }

export function drawCheck() {
	const d = check.done;
	show(byId("check"),
		h("div", { class: "buttons" }, button(check.going ? "stop" : d ? "check again" : "check all states", startCheck, { class: "small", id: "check-start" })),
		check.failed ? h("p", { class: "alert" }, check.failed) : null,
		h("p", { class: "progress", "aria-live": "polite" }, progress()),
		check.found.length ? h("ul", { class: "found" }, check.found.map(f => h("li", {},
			h("button", { type: "button", class: "link", click: () => openText(f.steps, f.loop || 0, f.name) }, "go to the counterexample of " + f.name),
			h("span", { class: "faint" }, ` ${plural(f.length, "state")}${f.loop ? ", with a loop" : ""}`),
			f.detail ? h("span", { class: "why" }, f.detail) : null))) : null,
		d ? results(d) : null);
}

function progress() {
	const d = check.done, p = check.progress;
	if (d) return [h("strong", { class: d.verdict === "holds" ? "good" : d.verdict === "violated" ? "bad" : "" }, d.verdict), `: ${plural(d.counts.distinct, "state")}, ${plural(d.counts.generated, "step")}, depth ${d.counts.depth}, ${d.seconds.toFixed(1)} s`, d.reason ? `; ${d.reason}` : ""];
	if (!check.going) return null;
	if (!p) return "exploring…";
	const rate = p.seconds > 0 ? ` (${Math.round(p.distinct / p.seconds).toLocaleString("en")} a second)` : "";
	const left = p.leftMost > 0 ? `, ${Math.round(p.leftLeast)} to ${Math.round(p.leftMost)} s to go` : "";
	return p.deciding ? "deciding about whole runs…" : `${plural(p.distinct, "state")}${rate}, ${plural(p.generated, "step")}, depth ${p.depth}, ${p.frontier.toLocaleString("en")} to expand${left}`;
}

function results(d) {
	return h("details", {},
		h("summary", {}, "properties and coverage"),
		h("table", {}, h("caption", {}, "properties"), h("tbody", {}, d.properties.map(p => h("tr", {},
			h("th", { scope: "row" }, p.name), h("td", { class: p.verdict === "violated" || p.verdict === "unreached" ? "bad" : "" }, p.verdict),
			h("td", {}, p.steps ? button("go there", () => openText(p.steps, p.loop || 0, p.name), { class: "link", "aria-label": "go there: " + p.name }) : ""))))),
		h("table", {}, h("caption", {}, "actions: tried, enabled, led to a new state"), h("tbody", {}, d.actions.map(a => h("tr", {},
			h("th", { scope: "row" }, a.name), [a.attempts, a.enabled, a.discovered].map(n => h("td", { class: "figure" }, n.toLocaleString("en"))))))),
		d.bounds.length ? h("p", { class: "faint" }, "The answer rests on: " + d.bounds.join("; ")) : null);
}
