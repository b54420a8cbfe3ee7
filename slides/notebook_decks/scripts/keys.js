// Keys of the deck, and which of them a focused part of the slide uses itself.

import { POINT_KEYS, keyOf } from "./points.js";
import { chartsIn } from "./slides.js";
import { isZoomed, zoom } from "./zoom.js";

// What was focused by Tab keeps its arrow keys. After a click they move the deck, and never change the answer.
const PRESENTER = { PageDown: "next", ArrowRight: "next", ArrowDown: "next", PageUp: "prev", ArrowLeft: "prev", ArrowUp: "prev", ".": "togglePause", b: "togglePause" };
const CHOICES = "select, input[type=radio], input[type=checkbox], input[type=range]";
let clicked = false;

export function bindKeys() {
  addEventListener("pointerdown", () => { clicked = true; }, true);
  addEventListener("keydown", ({ key }) => { if (key === "Tab") clicked = false; }, true);
  document.addEventListener("keydown", presenterKeys, true);
  document.addEventListener("keydown", leaveOnEscape, true);
}

// The keys that the focused thing itself uses; all others move the deck.
export function keepsKey(event) {
  const at = event.target;
  if (!(at instanceof Element)) return false;
  if (at.closest("select, input, textarea")) return true;
  const press = event.key === "Enter" || event.key === " ";
  const moves = /^(Arrow|Home|End)/.test(event.key); // PageUp and PageDown are a presenter's
  if (at.closest("button, summary, a, label")) return press || (event.key === "Escape" && !!at.closest("details[open]"));
  if (at.closest(".walk")) return POINT_KEYS.has(keyOf(event));
  const box = at.closest(".table-box, .scrolls, pre");
  return !!box && (press || moves) && box.scrollHeight > box.clientHeight + 1;
}

function presenterKeys(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const help = document.getElementById("deck:help");
  const typing = event.target.matches?.("textarea, select, input:not([type=radio]):not([type=checkbox]):not([type=range])");
  let act = null;
  if (help.open) act = () => help.close();
  else if (Reveal.isPaused() && /^(Escape|Enter| |Arrow|Page)/.test(event.key)) act = () => Reveal.togglePause(false);
  else if (event.key === "?" && !typing) act = () => help.showModal();
  else if (keyOf(event) === "e" && !typing && chartsIn(Reveal.getCurrentSlide()).length) act = enlargeHere;
  else if (keyOf(event) === "t" && !typing && chartsIn(Reveal.getCurrentSlide()).length) act = showTableHere;
  else if (event.key === "Escape" && isZoomed()) act = () => zoom("");
  else if (event.target.matches?.(CHOICES) && PRESENTER[event.key] && (clicked || !event.key.startsWith("Arrow"))) {
    act = () => Reveal[PRESENTER[event.key]]();
  } else if (!Reveal.isOverview()) act = scrollHere(event.key);
  if (!act) return;
  event.preventDefault();
  event.stopPropagation();
  act();
}

// A slide with more than fits scrolls by key; at its end the key moves the deck.
function scrollHere(key) {
  const body = Reveal.getCurrentSlide().querySelector(":scope > .slide-body.scrolls");
  if (!body || ![document.body, body].includes(document.activeElement)) return null;
  const end = body.scrollHeight - body.clientHeight;
  const to = { ArrowDown: body.scrollTop + 120, ArrowUp: body.scrollTop - 120, Home: 0, End: end }[key];
  if (to === undefined || (to > body.scrollTop ? body.scrollTop >= end - 1 : body.scrollTop <= 0)) return null;
  return () => { body.scrollTop = to; };
}

// The chart that has the focus, else the first chart of the slide.
function chartHere(here) {
  return here.find(({ root }) => root.contains(document.activeElement)) ?? here[0];
}

function enlargeHere() {
  const here = chartsIn(Reveal.getCurrentSlide());
  const large = here.find(({ root }) => root.classList.contains("enlarged"));
  if (large) large.enlarge(false);
  else chartHere(here).enlarge(true);
}

function showTableHere() {
  const here = chartsIn(Reveal.getCurrentSlide());
  here.forEach((chart) => chart.enlarge(false));
  const rows = here.map(({ root }) => root.querySelector(".rows"));
  const open = rows.find((one) => one.open) ?? chartHere(here).root.querySelector(".rows");
  open.open = !open.open;
  open.querySelector(open.open ? ".table-box" : "summary").focus();
}

// Escape closes an open table, and leaves a form's control, whose keys are its own, so that the keys move the deck again.
function leaveOnEscape(event) {
  if (event.key !== "Escape") return;
  const open = event.target.closest?.("details.rows[open]");
  if (!open) {
    if (event.target.matches?.("input, select, textarea")) {
      event.target.blur();
      event.stopPropagation();
    }
    return;
  }
  open.open = false;
  open.querySelector("summary").focus();
  event.stopPropagation();
}
