// What can be copied: the link, the replay command, a Go test.

import { app, run, words, keepNow, announce } from "./app.js";
import { byId, h, show, button } from "./dom.js";

// here is the run up to the place that is shown.
const here = () => run().steps.slice(0, run().at);

export const link = () => { keepNow(); return location.href; };

// quoted is a word for a shell.
const quoted = text => "'" + text.replace(/'/g, `'\\''`) + "'";

// replay is the command that takes the run again, with its loop if its end is shown.
export const replay = () => `${app.model.replay || "mc replay MODEL --steps"} ${quoted(words(here()))}` +
	(run().loop && run().at === run().steps.length ? ` --loop ${run().loop}` : "");

// goTest is a test that fails as long as the run violates a property.
export function goTest() {
	const loop = run().at === run().steps.length ? app.answer?.lasso : null;
	if (loop?.violated.length) return walkTest(loop.violated[0].name, loop.loop);
	const broken = app.answer?.view.properties.find(p => p.value === "false") || app.model.properties.find(p => p.kind === "always") || { name: "Property" };
	if (app.model.beyond) return walkTest(broken.name, 0);
	const imports = ["github.com/muster-mc/muster/explore/mctest", ...(app.model.goImports || [])].sort();
	return `package ${app.model.model.replace(/[^a-z0-9]/gi, "").toLowerCase() || "model"}_test

import (
	"testing"

${imports.map(i => `	${JSON.stringify(i)}`).join("\n")}
)

func TestAvoids${broken.name.replace(/[^A-Za-z0-9]/g, "")}(t *testing.T) {
	mctest.Avoids(t, ${app.model.goModel || "New() /* the model */"}, ${JSON.stringify(broken.name)},
${here().map(s => `		${JSON.stringify(s.label)},`).join("\n")}
	)
}
`;
}

// walkTest is such a test of a run that never ends, or that may leave the model's constraint:
// mctest.Avoids takes neither.
function walkTest(property, loop) {
	const imports = ["github.com/muster-mc/muster/explore", "github.com/muster-mc/muster/trace", ...(app.model.goImports || [])].sort();
	return `package ${app.model.model.replace(/[^a-z0-9]/gi, "").toLowerCase() || "model"}_test

import (
	"slices"
	"testing"

${imports.map(i => `	${JSON.stringify(i)}`).join("\n")}
)

func TestAvoids${property.replace(/[^A-Za-z0-9]/g, "")}(t *testing.T) {
	w, err := explore.Replay(t.Context(), ${app.model.goModel || "New() /* the model */"}, ${app.model.beyond ? "&trace.Trace{Beyond: true}" : "nil"})
	if err != nil {
		t.Fatal(err)
	}
	for _, label := range []string{
${here().map(s => `		${JSON.stringify(s.label)},`).join("\n")}
	} {
		if !w.Take(slices.IndexFunc(w.Next(), func(s trace.Step) bool { return s.IsLabelled(label) })) {
			return // the run is not possible any more
		}
	}
${loop ? `	if w.Close(${loop}) != nil {
		return // it does not go on for ever any more, or is not fair
	}
` : ""}	for _, f := range w.Findings() {
		if f.Name == ${JSON.stringify(property)} && f.Verdict == explore.Violated {
			t.Errorf("the run violates %s: %s\\n%s", f.Name, f.Detail, w.Trace())
		}
	}
}
`;
}

// copy copies a text. Where the browser does not let it, the text is shown to be copied.
export async function copy(text, what) {
	try {
		await navigator.clipboard.writeText(text);
		announce(what + " copied");
		flash(what + " copied");
	} catch { ask(text, what); }
}

function ask(text, what) {
	const dialog = byId("text");
	const area = h("textarea", { id: "text-area", readonly: true, rows: Math.min(16, text.split("\n").length + 1), "aria-label": what }, text);
	show(dialog, h("h2", { id: "text-heading" }, what), area, h("div", { class: "buttons" }, button("close", () => dialog.close(), { class: "small" })));
	dialog.showModal();
	area.select();
}

let timer = 0;

// flash shows a text for a moment. Screen readers have heard it already.
export function flash(text) {
	let box = byId("flash");
	if (!box) document.body.append(box = h("p", { id: "flash", "aria-hidden": "true" }));
	box.textContent = text;
	box.classList.add("on");
	clearTimeout(timer);
	timer = setTimeout(() => box.classList.remove("on"), 1800);
}
