// The page: what is drawn when, and the keys.

import { app, start, open, onChange, run, goTo, take, duplicate, fail } from "./app.js";
import { parse } from "./link.js";
import { byId, h, show, button } from "./dom.js";
import * as runview from "./runview.js";
import * as log from "./log.js";
import * as moves from "./moves.js";
import * as views from "./views.js";
import { measure } from "./tree.js";
import * as find from "./find.js";
import * as copy from "./copy.js";

// keys are the keys, with what they do. Those without a text are not in the help.
const keys = [
	["→", "on, along the run", () => goTo(run().at + 1), ["ArrowRight", "j"]],
	["←", "back", () => goTo(run().at - 1), ["ArrowLeft", "k"]],
	["Home", "to the first state", () => goTo(1), ["Home"]],
	["End", "to the last state of the run", () => goTo(run().steps.length), ["End"]],
	["1 … 9", "take a step from here", null, []],
	["g", "go to a state by its number", jump, ["g"]],
	["f", "filter the state by field or value", () => { views.choose("state"); byId("filter")?.focus(); }, ["f"]],
	["c", "show only what changed", () => { views.choose("state"); byId("changed")?.click(); }, ["c"]],
	["s", "the state", () => views.choose("state"), ["s"]],
	["p", "the picture of the state", () => views.choose("picture"), ["p"]],
	["m", "the messages", () => views.choose("diagram"), ["m"]],
	["n", "the neighbourhood", () => views.choose("around"), ["n"]],
	["b", "side by side, if there are two runs", () => views.choose("beside"), ["b"]],
	["d", "keep this run, and go on with a copy", duplicate, ["d"]],
	["t", "write a note on this state", () => { views.choose("state"); byId("note")?.focus(); }, ["t"]],
	["/", "find a state", () => byId("where").focus(), ["/"]],
	["u", "run on until the expression is true", () => find.until(), ["u"]],
	["r", "check in the background, or stop", () => find.startCheck(), ["r"]],
	["l", "copy the link", () => copy.copy(copy.link(), "link"), ["l"]],
	["y", "copy as mc replay", () => copy.copy(copy.replay(), "command"), ["y"]],
	["w", "copy as a Go test", () => copy.copy(copy.goTest(), "Go test"), ["w"]],
	["?", "this help", help, ["?"]],
];

function draw() {
	drawAlert();
	if (!app.model || !app.answer && (app.waiting || !app.problem)) return;
	if (byId("page").hidden) reveal();
	byId("title").textContent = app.model.name;
	show(byId("parameters"), app.model.parameters.map(p => h("li", {}, app.model.beyond && p.name === "beyond" ? "beyond the constraint" : [h("span", { class: "faint" }, p.name), " ", p.value])));
	document.body.classList.toggle("waiting", app.waiting);
	runview.draw();
	log.draw();
	views.draw();
	moves.draw();
	find.drawFind();
	const r = run();
	byId("place").textContent = r.at === 0 ? "before the first state" : `state ${r.at} of ${r.steps.length}`;
	byId("back").disabled = r.at === 0;
	byId("on").disabled = r.at >= r.steps.length;
}

// reveal shows the page when there is something to show: to lay it out before would take time.
// A width that is asked for as long as it is empty is cheap.
function reveal() {
	byId("page").hidden = false;
	measure();
}

function drawAlert() {
	const p = app.problem, box = byId("alert");
	box.hidden = !p;
	if (!p) return;
	show(box, p.message, p.hint ? h("span", { class: "hint" }, p.hint) : null,
		p.command ? h("span", { class: "hint" }, "An explorer of the link is started by ", h("code", { id: "command" }, p.command), " ",
			button("copy command", () => copy.copy(p.command, "command"), { class: "small" })) : null);
}

function tools() {
	show(byId("tools"),
		button("Copy link", () => copy.copy(copy.link(), "link"), { id: "copy-link" }),
		button("Copy replay", () => copy.copy(copy.replay(), "command"), { id: "copy-replay" }),
		button("Copy Go test", () => copy.copy(copy.goTest(), "Go test"), { id: "copy-test" }),
		button("Keys", help, { id: "keys", "aria-haspopup": "dialog", "aria-keyshortcuts": "?" }));
}

function help() {
	const dialog = byId("help");
	show(dialog, h("h2", { id: "help-heading" }, "Keys"),
		h("dl", { class: "keys" }, keys.map(([key, text]) => h("div", {}, h("dt", {}, h("kbd", {}, key)), h("dd", {}, text)))),
		h("div", { class: "buttons" }, button("close", () => dialog.close(), { class: "small" })));
	dialog.showModal();
}

function jump() {
	const dialog = byId("text");
	const input = h("input", { type: "number", min: 0, max: run().steps.length, value: run().at, "aria-label": "the number of the state" });
	const form = h("form", { method: "dialog", class: "jump", submit: () => goTo(Number(input.value)) }, input, h("button", { class: "small" }, "go"));
	show(dialog, h("h2", { id: "text-heading" }, "Go to a state"), form);
	dialog.showModal();
	input.select();
}

function pressed(e) {
	if (e.altKey || e.ctrlKey || e.metaKey || document.querySelector("dialog[open]")) return;
	const inField = e.target.closest?.("input, textarea, select");
	if (inField && e.key === "Escape") return inField.blur();
	if (inField || !app.model) return;
	const move = /^[1-9]$/.test(e.key) && app.answer?.view.moves[Number(e.key) - 1];
	if (move && !app.waiting) return take(move);
	const key = keys.find(k => k[3].includes(e.key));
	if (!key) return;
	e.preventDefault();
	key[2]();
}

// A swipe is a step to and fro, on a phone; not where something scrolls sideways.
function swipes() {
	let x = 0, y = 0;
	document.addEventListener("touchstart", e => { x = e.changedTouches[0].clientX; y = e.changedTouches[0].clientY; }, { passive: true });
	document.addEventListener("touchend", e => {
		const dx = e.changedTouches[0].clientX - x, dy = e.changedTouches[0].clientY - y;
		if (e.target.closest?.(".scroll, .grid, input, textarea") || Math.abs(dx) < 60 || Math.abs(dx) < 2 * Math.abs(dy)) return;
		goTo(run().at + (dx < 0 ? 1 : -1));
	}, { passive: true });
}

function moved() {
	const link = parse(location.hash);
	if (app.model) open({ ...link, token: link.token || app.link.token }).catch(fail);
}

onChange(draw);
tools();
swipes();
find.drawCheck();
document.addEventListener("keydown", pressed);
window.addEventListener("popstate", moved);
byId("back").addEventListener("click", () => goTo(run().at - 1));
byId("on").addEventListener("click", () => goTo(run().at + 1));
start().catch(e => { fail(e); draw(); });
