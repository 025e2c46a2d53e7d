// The link holds everything: #lease?nodes=2&steps=A+B&at=2&note.2=text&token=...
//
// steps, at, loop and note.N are of the first run; steps.2, at.2 and so on of the second.
// What is not one of the page's own names is a parameter of the model.

const own = /^(?:(steps|at|loop|name)(?:\.(\d+))?|note\.(\d+)(?:\.(\d+))?|run|beside|tab|filter|changed|pin|where|token)$/;

// escaped keeps a link readable, as the server writes it.
const escaped = text => encodeURIComponent(text).replace(/%20/g, "+").replace(/%2C/g, ",").replace(/%2F/g, "/").replace(/%3A/g, ":");

const read = text => { try { return decodeURIComponent(text.replace(/\+/g, " ")); } catch { return text; } };

export function parse(hash) {
	const [model, query = ""] = split(hash.replace(/^#/, ""), "?");
	const link = { model: read(model), parameters: [], runs: [], run: 0, beside: -1, tab: "", filter: "", changed: false, pins: [], where: "", token: "" };
	const run = n => {
		const i = Math.min(Math.max(Number(n || 1), 1), 50) - 1;
		while (link.runs.length <= i) link.runs.push({ steps: "", at: -1, loop: 0, notes: {}, name: "" });
		return link.runs[i];
	};
	run(1);
	for (const pair of query.split("&").filter(Boolean)) {
		const [name, value] = split(pair, "=").map(read);
		const m = own.exec(name);
		if (!m) link.parameters.push({ name, value });
		else if (m[1]) run(m[2])[m[1]] = m[1] === "steps" || m[1] === "name" ? value : whole(value);
		else if (m[3]) run(m[4]).notes[Number(m[3])] = value;
		else if (name === "pin") link.pins.push(value);
		else if (name === "run") link.run = whole(value) - 1;
		else if (name === "beside") link.beside = whole(value) - 1;
		else if (name === "changed") link.changed = true;
		else link[name] = value;
	}
	if (!link.runs[link.run]) link.run = 0;
	if (!link.runs[link.beside]) link.beside = -1;
	return link;
}

// split splits a text at the first separator.
function split(text, at) {
	const i = text.indexOf(at);
	return i < 0 ? [text] : [text.slice(0, i), text.slice(i + 1)];
}

const whole = text => Math.max(0, Math.floor(Number(text)) || 0);

export function format(link) {
	const words = [];
	const add = (name, value) => words.push(escaped(name) + "=" + escaped(String(value)));
	link.parameters.forEach(p => add(p.name, p.value));
	link.runs.forEach((r, i) => {
		const n = i === 0 ? "" : "." + (i + 1);
		if (r.steps || i > 0) add("steps" + n, r.steps);
		if (r.at >= 0) add("at" + n, r.at);
		if (r.loop) add("loop" + n, r.loop);
		if (r.name) add("name" + n, r.name);
		Object.entries(r.notes).forEach(([state, text]) => text && add("note." + state + n, text));
	});
	if (link.run > 0) add("run", link.run + 1);
	if (link.beside >= 0) add("beside", link.beside + 1);
	if (link.tab && link.tab !== "state") add("tab", link.tab);
	if (link.filter) add("filter", link.filter);
	if (link.changed) add("changed", 1);
	link.pins.forEach(p => add("pin", p));
	if (link.where) add("where", link.where);
	if (link.token) add("token", link.token);
	return "#" + escaped(link.model) + "?" + words.join("&");
}
