// The steps that lead on, why the others do not, and the truth of the properties.

import { app, take } from "./app.js";
import { byId, h, show, change, plural } from "./dom.js";

const changesMax = 4;

export function draw() {
	const v = app.answer?.view;
	if (!v) return;
	const count = v.moves.length + (v.more || 0);
	byId("moves-count").textContent = count ? String(count) : "";
	show(byId("moves"), v.moves.map(move), v.more ? h("li", { class: "faint" }, `and ${plural(v.more, "more step")}`) : null,
		count === 0 ? h("li", { class: "none" }, nowhere(v)) : null);
	refused(v);
	truths(v);
}

function nowhere(v) {
	if (v.bound) return "The state is outside the model's constraint: no step leads on.";
	if (v.deadlock) return h("strong", { class: "bad" }, "A deadlock: no step leads on.");
	return "No step leads on, and the model says that it may end here.";
}

function move(m, i) {
	const key = i < 9 ? h("kbd", { "aria-hidden": "true" }, i + 1) : null;
	const list = m.changes.slice(0, changesMax);
	return h("li", {}, h("button", { type: "button", class: "move" + (fresh(m.violates, "false").length ? " breaks" : ""), click: () => take(m) },
		h("span", { class: "move-label" }, key, h("span", { class: "label" + (m.fault ? " of-fault" : "") }, m.label),
			m.fault ? h("span", { class: "kind" }, "fault: " + m.fault) : null,
			fresh(m.violates, "false").map(p => h("span", { class: "flag bad" }, "✗ violates " + p)),
			fresh(m.reaches, "reached").map(p => h("span", { class: "flag good" }, "● reaches " + p)),
			still(m.violates),
			m.stays ? h("span", { class: "flag" }, "changes nothing") : null,
			m.outside && !app.answer.view.outside ? h("span", { class: "flag" }, "leaves the constraint") : null),
		h("span", { class: "preview" }, list.map(c => change(c, c.path)),
			m.changes.length > changesMax ? h("span", { class: "faint" }, `and ${plural(m.changes.length - changesMax, "more change")}`) : null)));
}

// valueOf is what a property says of the place that is shown.
const valueOf = name => app.answer.view.properties.find(p => p.name === name)?.value;

// fresh are the properties that do not say the same here.
const fresh = (names, value) => names.filter(n => valueOf(n) !== value);

// still says how many properties the next state violates as this one does.
function still(names) {
	const n = names.length - fresh(names, "false").length;
	return n ? h("span", { class: "still", title: names.join(", ") }, `✗ still violates ${n}`) : null;
}

// refused are the actions that are not enabled, with the reasons that are known.
function refused(v) {
	const off = v.actions.filter(a => a.enabled === 0);
	if (!off.length || v.bound) return show(byId("refused"));
	show(byId("refused"), h("details", { open: v.moves.length === 0 || open, toggle: e => { open = e.target.open; } },
		h("summary", {}, `${plural(off.length, "action")} not enabled: why?`),
		h("ul", { class: "refusals" }, off.map(a => h("li", {}, h("span", { class: "label" + (a.fault ? " of-fault" : "") }, a.name), " ",
			h("span", { class: "faint" }, a.tried === 1 ? "tried in 1 way" : `tried in ${a.tried.toLocaleString("en")} ways`), list(reasons(a))))),
		off.some(a => a.unnamed) ? h("p", { class: "faint" }, "Guard and Reason of model.Choice give a refusal a name.") : null));
}

// list shows one reason on the line, and several below each other.
const list = reasons => reasons.length === 1 ? [": ", reasons[0]] : h("ul", {}, reasons.map(r => h("li", {}, r)));

let open = true;

function reasons(a) {
	const of = n => n === a.tried ? "" : `, ${n} of ${a.tried}`;
	return [
		...a.guards.map(g => [h("span", { class: "faint" }, "needs "), h("strong", {}, g.name), h("span", { class: "faint" }, of(g.count))]),
		...a.nothing.map(n => ["there is no ", h("strong", {}, n.name || "answer"), " to choose", h("span", { class: "faint" }, of(n.count))]),
		a.unnamed ? ["the action returned false", h("span", { class: "faint" }, of(a.unnamed))] : null,
		a.panics ? [h("strong", { class: "bad" }, a.panic), h("span", { class: "faint" }, of(a.panics))] : null,
		a.tried === 0 ? "it was not tried" : null,
	].filter(Boolean);
}

const signs = {
	"true": ["✓", "good", "true"], "vacuous": ["✓", "faint", "true: its left side is false"], "false": ["✗", "bad", "violated"],
	"reached": ["●", "good", "reached"], "not reached": ["○", "faint", "not here"], "of runs": ["∞", "faint", "about whole runs"], "violated": ["✗", "bad", "violated by the loop"], "panicked": ["!", "bad", "panicked"],
};

function truths(v) {
	const order = { "false": 0, "violated": 0, "panicked": 0 };
	const looped = app.answer.lasso?.violated.map(l => l.name) ?? [];
	const list = v.properties.map(p => ({ ...p, value: looped.includes(p.name) ? "violated" : p.value }));
	list.sort((a, b) => (order[a.value] ?? 1) - (order[b.value] ?? 1));
	show(byId("properties"), list.map(p => {
		const [sign, look, text] = signs[p.value];
		return h("li", { class: "truth" },
			h("span", { class: "sign " + look, "aria-hidden": "true" }, sign),
			h("span", {}, h("span", { class: "label" }, p.name), " ", h("span", { class: look === "bad" ? "bad" : "faint" }, text),
				p.detail ? h("span", { class: "why" }, p.detail) : null,
				p.parts ? h("span", { class: "parts" }, p.parts.slice(0, 12).map(q => h("span", { class: "part" }, [q.label, q.role].filter(Boolean).join(" "), ": ", q.true ? "true" : "false"))) : null));
	}), list.length === 0 ? h("li", { class: "faint" }, "they are asked about states") : null);
}
