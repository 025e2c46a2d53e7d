// Questions to the server, with the token of the link.

let token = "";

export function useToken(t) { token = t; }

export class Problem extends Error {
	constructor(message, hint, status) {
		super(message);
		this.hint = hint;
		this.status = status;
	}
}

async function answer(response) {
	if (response.ok) return response.json();
	let said = {};
	try { said = await response.json(); } catch { } // an answer that is no JSON
	throw new Problem(said.error || `the server answers ${response.status}`, said.hint, response.status);
}

async function send(path, options) {
	try {
		return await fetch(path, { ...options, headers: { "X-Muster-Token": token, ...options.headers }, credentials: "omit" });
	} catch (e) {
		if (e.name === "AbortError") throw e;
		throw new Problem("the explorer does not answer: has it ended?", "start it again, and open the link that it prints");
	}
}

export async function ask(path, question, signal) {
	return answer(await send("/api/" + path, {
		method: "POST", body: JSON.stringify(question), headers: { "Content-Type": "application/json" }, signal,
	}));
}

export async function get(path) { return answer(await send("/api/" + path, {})); }

// events reads server-sent events, and calls each(name, data) for each, until they end.
export async function events(path, each, signal) {
	const response = await send("/api/" + path, { signal });
	if (!response.ok) return answer(response);
	const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
	let text = "";
	for (; ;) {
		const { done, value } = await reader.read();
		if (done) return;
		text += value;
		for (let end; (end = text.indexOf("\n\n")) >= 0; text = text.slice(end + 2)) {
			const event = /^event: (.*)\ndata: (.*)$/.exec(text.slice(0, end));
			if (event) each(event[1], JSON.parse(event[2]));
		}
	}
}
