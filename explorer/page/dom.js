// Elements are made of tags, attributes and children. Texts go in as text, never as HTML.

export const byId = id => document.getElementById(id);

const SVG = "http://www.w3.org/2000/svg";

export function h(tag, attributes = {}, ...children) { return fill(document.createElement(tag), attributes, children); }

export function svg(tag, attributes = {}, ...children) { return fill(document.createElementNS(SVG, tag), attributes, children); }

// fill sets attributes. A function is a listener; true is an attribute without a value, and
// what is false or missing is left out. Names with two dashes are variables of the style.
function fill(element, attributes, children) {
	for (const [name, value] of Object.entries(attributes)) {
		if (value === undefined || value === null || value === false) continue;
		if (typeof value === "function") element.addEventListener(name, value);
		else if (name.startsWith("--")) element.style.setProperty(name, value);
		else element.setAttribute(name, value === true ? "" : value);
	}
	element.append(...children.flat(9).filter(c => c !== null && c !== undefined && c !== false && c !== ""));
	return element;
}

// show replaces the children of an element.
export function show(element, ...children) {
	element.replaceChildren(...children.flat(9).filter(c => c !== null && c !== undefined && c !== false && c !== ""));
}

// button is a button with a text; hint is its tooltip, and what a screen reader says.
export function button(text, click, attributes = {}) {
	return h("button", { type: "button", click, ...attributes }, text);
}

// plural is a number with its noun.
export const plural = (n, noun) => `${n.toLocaleString("en")} ${noun}${n === 1 ? "" : "s"}`;

// change shows a change: what was, and what is.
export function change(c, path = "") {
	return h("span", { class: "change" },
		path ? h("span", { class: "path" }, path + " ") : null,
		c.before ? h("del", {}, c.before) : null,
		c.before && c.after ? h("span", { class: "arrow", role: "img", "aria-label": "became" }, " → ") : null,
		c.after ? h("ins", {}, c.before ? c.after : "+ " + c.after) : h("span", { class: "faint" }, " removed"));
}
