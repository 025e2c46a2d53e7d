// The state of the page, and what changes it. Views draw it and call what is here; they
// are told by the event "change".

import { ask, get, useToken, Problem } from "./api.js";
import { parse, format } from "./link.js";

export const app = {
	model: null,   // what the server says of the model
	log: null,     // what a comparison with a log has found, if there was one
	link: null,    // what is not in a run: parameters, filter, pins
	runs: [],      // { steps: [{ step, label, ... }], at, loop, notes, name }
	current: 0,    // of runs
	beside: -1,    // the run that is compared with it
	answer: null,  // about the place of the current run
	other: null,   // about the place of the run beside
	problem: null, // that is shown
	waiting: false,
};

const told = new EventTarget();

export const onChange = f => told.addEventListener("change", f);

// change draws the page again, once for all changes of a moment.
let pending = false;
export function change() {
	if (pending) return;
	pending = true;
	queueMicrotask(() => { pending = false; told.dispatchEvent(new Event("change")); });
}

export const run = () => app.runs[app.current];

export const words = steps => steps.map(s => s.step).join(" ");

// announce says something to screen readers.
export function announce(text) { document.getElementById("status").textContent = text; }

export function fail(error) {
	if (error.name === "AbortError") return;
	app.problem = error;
	change();
}

// begun is the question about the link's steps, which is asked together with that about the model.
let begun = null;

const stepsOf = steps => ask("at", { steps, asFar: true });

// start reads the link and asks about the model.
export async function start() {
	app.link = parse(location.hash);
	useToken(app.link.token);
	try {
		if (!app.link.token) throw new Problem("this link has no token", "open the link that the explorer has printed");
		const steps = app.link.runs[app.link.run].steps;
		begun = { steps, answer: stepsOf(steps) };
		begun.answer.catch(() => { }); // load hears it, if it still asks
		app.model = await get("model");
	} catch (e) {
		if (app.link.model && (!app.link.token || e.status === 403)) e.command = starting("mc", app.link);
		throw e;
	}
	document.title = app.model.name + " – Muster explorer";
	if (app.model.log) app.log = await get("log");
	await open(app.link);
}

// open goes to what a link holds.
export async function open(link) {
	clearTimeout(late);
	late = 0; // what would be written is about the entry that was left
	app.link = link;
	app.problem = mismatch(link);
	const isEmpty = link.runs.length === 1 && !link.runs[0].steps;
	app.runs = isEmpty && app.log ? logged() : link.runs.map(r => ({ ...r, steps: [], typed: r.steps, notes: { ...r.notes } }));
	app.current = link.run;
	app.beside = link.beside;
	await Promise.all([load(run()), app.beside >= 0 ? load(app.runs[app.beside]) : null]);
	await look();
}

// logged are the runs of the log: one for each state that the model may be in where the log is
// rejected.
function logged() {
	const all = app.log.runs;
	return all.map((l, i) => ({ steps: [], typed: l.steps.join(" "), at: l.at, loop: 0, notes: {}, name: all.length > 1 ? `state ${i + 1} of ${app.log.possible}` : "the log" }));
}

// mismatch says that a link is about another model, or about other parameters.
function mismatch(link) {
	const same = (a, b) => a.length === b.length && a.every(p => b.some(q => p.name === q.name && p.value === q.value));
	if (link.model === app.model.name && same(link.parameters, app.model.parameters)) return null;
	const text = (name, list) => [name, ...list.map(p => `${p.name}=${p.value}`)].join(" ");
	const problem = new Problem(`the link is about ${text(link.model, link.parameters)}; this explorer shows ${text(app.model.name, app.model.parameters)}`, "The steps are taken here as far as they are possible.");
	const program = app.model.explore?.split(" explore ")[0];
	if (program) problem.command = starting(program, link);
	return problem;
}

// starting is the command that starts the explorer of a link, at the link's first run.
export function starting(program, link) {
	const word = text => /^[\w.,:/@%+=-]+$/.test(text) ? text : "'" + text.replace(/'/g, `'\\''`) + "'";
	const flags = link.parameters.map(p => p.value === "true" ? "--" + p.name : `--${p.name} ${word(p.value)}`);
	const steps = link.runs[0].steps;
	return [program, "explore", word(link.model), ...flags, steps ? "--steps " + word(steps) : ""].filter(Boolean).join(" ");
}

// load asks for the steps of a run that is known only as text.
async function load(r) {
	if (r.typed === undefined) return;
	const early = begun?.steps === r.typed ? begun.answer : null;
	begun = null;
	let answer;
	try {
		answer = await (early || stepsOf(r.typed));
	} catch (e) {
		if (e.status !== 400) throw e;
		app.problem = e; // the steps cannot be read at all
		answer = await ask("at", { steps: "" });
	}
	if (answer.problem) app.problem = new Problem(answer.problem.error, answer.problem.hint);
	r.steps = answer.trace;
	delete r.typed;
	r.at = r.at < 0 ? r.steps.length : Math.min(r.at, r.steps.length);
	if (r.loop > r.steps.length) r.loop = 0;
	if (!r.loop) remember(r, answer);
}

// The last answers, by run and place: to go to and fro asks nothing.
const known = new Map();

const keyOf = (r, at) => at + "\n" + (at === r.steps.length ? r.loop : 0) + "\n" + words(r.steps.slice(0, at));

function remember(r, answer, at = r.steps.length) {
	known.set(keyOf(r, at), answer);
	if (known.size > 100) known.delete(known.keys().next().value);
}

// answerAt asks about a place of a run.
async function answerAt(r, signal) {
	const key = keyOf(r, r.at), seen = known.get(key);
	if (seen && (!r.loop || r.at < r.steps.length || seen.lasso)) {
		known.delete(key);
		known.set(key, seen); // it is the last one used
		return seen;
	}
	const question = r.at === 0 ? { steps: "", start: true } : { steps: words(r.steps.slice(0, r.at)), since: r.at };
	if (r.loop && r.at === r.steps.length) question.loop = r.loop;
	const answer = await ask("at", question, signal);
	remember(r, answer, r.at);
	return answer;
}

// look asks about the places that are shown. Of several calls only the last one counts.
let asking = null;
export async function look() {
	asking?.abort();
	const mine = asking = new AbortController();
	app.waiting = true;
	keep(false);
	change();
	try {
		const r = run();
		if (r.typed !== undefined) await load(r);
		const answer = await answerAt(r, mine.signal);
		let other = null;
		if (app.beside >= 0) {
			const b = app.runs[app.beside];
			if (b.typed !== undefined) await load(b);
			other = await answerAt(b, mine.signal);
		}
		if (mine !== asking) return;
		app.answer = answer;
		app.other = other;
		app.waiting = false;
		if (app.problem && app.problem.status) app.problem = null;
	} catch (e) {
		if (mine === asking) app.waiting = false;
		fail(e);
	}
	keep(false);
	change();
}

// keep puts everything into the link. A step that was taken is an entry of the browser's
// history, and so its back button takes it back. Otherwise the link follows when moving has
// ended, because a browser takes long to change the address of a long run.
export function keep(entry) {
	clearTimeout(late);
	if (entry) return write(true);
	late = setTimeout(keepNow, 250);
}

let late = 0; // the timer, as long as the link is behind

// keepNow has the link right at once, if it is behind.
export function keepNow() {
	if (!late) return;
	clearTimeout(late);
	write(false);
}

function write(entry) {
	late = 0;
	const link = {
		...app.link, run: app.current, beside: app.beside,
		runs: app.runs.map(r => ({
			steps: r.typed === undefined ? words(r.steps) : r.typed,
			at: r.typed === undefined && r.at !== r.steps.length ? r.at : r.typed === undefined ? -1 : r.at,
			loop: r.loop, notes: r.notes, name: r.name,
		})),
	};
	app.link = link;
	const hash = format(link);
	if (hash === location.hash) return;
	try {
		if (entry) history.pushState(null, "", hash);
		else history.replaceState(null, "", hash);
	} catch { } // browsers limit how often a page may do that; the next one will do
}

// The link is right before the address can be copied, and before the page is left or hidden:
// the pointer or the keyboard goes to the browser's own controls.
for (const event of ["blur", "pagehide", "beforeunload"]) window.addEventListener(event, keepNow);
document.addEventListener("visibilitychange", keepNow);
document.documentElement.addEventListener("mouseleave", keepNow);
document.addEventListener("keydown", e => { if (e.ctrlKey || e.metaKey || e.altKey || /^F\d+$/.test(e.key)) keepNow(); }, true);

export function goTo(at) {
	const r = run();
	at = Math.max(0, Math.min(r.steps.length, at));
	if (at === r.at) return;
	r.at = at;
	look();
}

// take takes a step from here. The run goes on with it: if it is the run's next step, the
// steps after it stay.
export function take(move) {
	const r = run();
	keepNow();
	if (r.steps[r.at]?.step !== move.step) {
		r.steps = [...r.steps.slice(0, r.at), move];
		r.loop = 0;
		Object.keys(r.notes).forEach(n => Number(n) > r.at && delete r.notes[n]);
	}
	r.at++;
	keep(true);
	announce(`state ${r.at}: ${move.label}`);
	look();
}

// replace makes a run of these steps the current one's.
export function replace(steps, at = steps.length) {
	const r = run();
	keepNow();
	r.steps = steps;
	r.at = Math.min(at, steps.length);
	r.loop = 0;
	keep(true);
	look();
}

// openText opens a run that is known as text, as a run of its own if there is one already.
export async function openText(text, loop, name) {
	keepNow();
	const r = { typed: text, steps: [], at: -1, loop, notes: {}, name };
	try { await load(r); } catch (e) { return fail(e); }
	const isUntouched = run().steps.length <= 1 && Object.keys(run().notes).length === 0;
	if (isUntouched) app.runs[app.current] = r;
	else app.current = app.runs.push(r) - 1;
	keep(true);
	await look();
}

// duplicate keeps the run as it is, and goes on with a copy.
export function duplicate() {
	keepNow();
	const r = run();
	app.runs.push({ ...r, steps: [...r.steps], notes: { ...r.notes }, name: "" });
	app.current = app.runs.length - 1;
	keep(true);
	look();
}

export function close(i) {
	if (app.runs.length === 1) return;
	keepNow();
	app.runs.splice(i, 1);
	app.current = Math.min(app.current > i ? app.current - 1 : app.current, app.runs.length - 1);
	app.beside = app.beside === i ? -1 : app.beside > i ? app.beside - 1 : app.beside;
	if (app.beside === app.current) app.beside = -1;
	keep(true);
	look();
}

export function select(i) {
	app.current = i;
	if (app.beside === i) app.beside = -1;
	look();
}

export function compareWith(i) {
	app.beside = i;
	look();
}

export function setLoop(loop) {
	const r = run();
	r.loop = loop;
	r.at = r.steps.length;
	look();
}

export function setNote(state, text) {
	const notes = run().notes;
	if (text) notes[state] = text;
	else delete notes[state];
	keep(false);
	change();
}

export function setLink(members) {
	Object.assign(app.link, members);
	keep(false);
	change();
}
