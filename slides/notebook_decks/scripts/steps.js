// A chart explained in steps. Each step is the complete chart with changes of its own, and has a sentence. Step 0 is the
// complete chart. In a deck each sentence is a fragment, and the deck's keys go through them. A page has buttons, and
// follows the reader's scrolling where the whole chart fits into the window: it stays in sight while its steps pass, and
// is complete again when they have passed.

import { calm, inDeck } from "./setting.js";
import { speak } from "./speak.js";

const STEP = 0.16; // of the window's height, to be scrolled for each step
const AFTER = 40; // px to be scrolled before the complete chart leaves

export function bindSteps(chart) {
  const box = chart.root.querySelector(".steps");
  if (!box) return;
  box.classList.add("player");
  const room = inDeck || calm ? null : roomToScroll(chart);
  for (const button of box.querySelectorAll("button")) {
    button.addEventListener("click", () => {
      const to = { back: chart.step - 1, next: chart.step + 1, whole: 0 }[button.dataset.go];
      if (to < 0 || to > chart.spec.steps.length) return;
      goToStep(chart, to);
      room?.scrollTo(to);
    });
  }
  showStep(chart);
}

export async function goToStep(chart, number, { quiet = false } = {}) {
  const { steps } = chart.spec;
  if (number === chart.step || number < 0 || number > steps.length) return;
  chart.step = number;
  showStep(chart);
  if (!quiet) speak(chart, number ? `Step ${number} of ${steps.length}: ${steps[number - 1].text}` : "The complete chart.");
  if ((await chart.ready()) && chart.step === number) await chart.redraw();
}

function showStep(chart) {
  const box = chart.root.querySelector(".steps");
  box.querySelectorAll("li").forEach((item, i) => item.classList.toggle("now", i + 1 === chart.step));
  box.querySelector(".before").classList.toggle("now", chart.step === 0);
  const last = chart.step === chart.spec.steps.length;
  for (const button of box.querySelectorAll("button")) {
    button.setAttribute("aria-disabled", button.dataset.go === "next" ? last : chart.step === 0);
  }
}

// Below the chart stands a list of its sentences, as room in which the chart, which sticks to the window, passes its
// steps: each is shown while the chart covers its sentence. When the chart has left at the top, the room would be a hole
// in the page; it closes where the browser keeps what is read in its place, and opens when the chart has left below.
function roomToScroll(chart) {
  const { root, spec } = chart;
  const room = Object.assign(document.createElement("ol"), { className: "step-room" });
  room.setAttribute("aria-hidden", "true"); // the same sentences are in the chart
  room.append(...spec.steps.map(({ text }) => Object.assign(document.createElement("li"), { textContent: text })));
  root.after(room);
  const closes = CSS.supports("overflow-anchor", "auto");
  const passed = () => root.getBoundingClientRect().bottom - room.getBoundingClientRect().top - 8;
  const fit = () => {
    root.classList.toggle("sticks", root.offsetHeight <= innerHeight);
    room.style.cssText = `--step: ${STEP * innerHeight}px; --after: ${AFTER}px`;
  };
  const covered = () => {
    const at = passed();
    if (at <= 0 || at > room.offsetHeight - AFTER) return 0;
    return [...room.children].filter((item) => item.offsetTop - room.offsetTop < at).length;
  };
  const follow = () => {
    if (!root.classList.contains("sticks") || root.classList.contains("enlarged")) return;
    if (!root.classList.contains("passed")) goToStep(chart, covered());
    const { top, bottom } = root.getBoundingClientRect();
    if (closes && (bottom < 0 || top > innerHeight)) root.classList.toggle("passed", bottom < 0);
  };
  fit();
  addEventListener("resize", fit);
  addEventListener("scroll", follow, { passive: true });
  const scrollTo = (step) => {
    if (!root.matches(".sticks:not(.passed)")) return;
    const item = room.children[step - 1];
    const to = item ? item.offsetTop - room.offsetTop + item.offsetHeight / 2 : 0;
    scrollBy({ top: to - passed(), behavior: "instant" });
  };
  return { scrollTo };
}
