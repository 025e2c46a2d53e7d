"use strict";
(() => {
	const sections = [...document.querySelectorAll("section")];
	const links = [...document.querySelectorAll(".steps a")];
	const events = [...document.querySelectorAll("figure a")];
	const back = document.getElementById("back"), on = document.getElementById("on");
	const last = sections.length - 1;
	let at = -1;

	function show(i) {
		i = Math.max(0, Math.min(last, i));
		if (i === at || last < 0) return;
		at = i;
		sections.forEach((s, j) => s.classList.toggle("shown", j === i));
		links.forEach((a, j) => j === i ? a.setAttribute("aria-current", "step") : a.removeAttribute("aria-current"));
		events.forEach((a, j) => j === i ? a.setAttribute("aria-current", "step") : a.removeAttribute("aria-current"));
		const list = links[i].closest("ol"), item = links[i].parentElement;
		if (item.offsetTop < list.scrollTop || item.offsetTop + item.offsetHeight > list.scrollTop + list.clientHeight) {
			list.scrollTop = item.offsetTop - list.clientHeight / 2; // the list, never the page
		}
		back.disabled = i === 0;
		on.disabled = i === last;
		document.getElementById("place").textContent = `step ${i + 1} of ${last + 1}`;
		try { history.replaceState(null, "", "#" + (i + 1)); } catch { } // a page in a frame may not
	}

	function named() {
		const n = /^#(?:step-)?(\d+)$/.exec(location.hash);
		return n ? Number(n[1]) - 1 : 0;
	}

	const keys = {
		ArrowRight: () => at + 1, ArrowDown: () => at + 1, ArrowLeft: () => at - 1, ArrowUp: () => at - 1,
		Home: () => 0, End: () => last,
	};
	document.addEventListener("keydown", e => {
		if (e.altKey || e.ctrlKey || e.metaKey || !keys[e.key]) return;
		e.preventDefault();
		show(keys[e.key]());
	});
	links.forEach((a, i) => a.addEventListener("click", e => { e.preventDefault(); show(i); }));
	events.forEach((a, i) => a.addEventListener("click", e => { e.preventDefault(); show(i); }));
	back.addEventListener("click", () => show(at - 1));
	on.addEventListener("click", () => show(at + 1));
	window.addEventListener("hashchange", () => show(named()));

	let x = 0, y = 0;
	document.addEventListener("touchstart", e => { x = e.changedTouches[0].clientX; y = e.changedTouches[0].clientY; }, { passive: true });
	document.addEventListener("touchend", e => {
		const dx = e.changedTouches[0].clientX - x, dy = e.changedTouches[0].clientY - y;
		if (Math.abs(dx) > 60 && Math.abs(dx) > 2 * Math.abs(dy)) show(dx < 0 ? at + 1 : at - 1);
	}, { passive: true });

	document.body.classList.add("stepping");
	document.querySelector("nav").hidden = false;
	show(named());
})();
