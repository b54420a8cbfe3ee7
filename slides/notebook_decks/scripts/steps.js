// A chart explained in steps. Each step is the complete chart with changes of its own, and has a sentence. Step 0 is the
// complete chart. In a deck each sentence is a fragment, and the deck's keys go through them. A page has buttons, and
// follows the reader's scrolling where the whole chart fits into the window: it stays in sight while its steps pass.

import { calm, inDeck } from "./setting.js";
import { speak } from "./speak.js";

const STEP = 0.4; // of the window's height, to be scrolled for each step

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

// Below the chart stands room in which the chart, which sticks to the window, passes its steps.
function roomToScroll(chart) {
  const { root, spec } = chart;
  const room = Object.assign(document.createElement("div"), { className: "step-room" });
  root.after(room);
  const length = () => STEP * innerHeight;
  const passed = () => root.getBoundingClientRect().bottom - room.getBoundingClientRect().top;
  const fit = () => {
    const fits = root.offsetHeight <= innerHeight;
    root.classList.toggle("sticks", fits);
    room.style.height = fits ? `${spec.steps.length * length()}px` : "0";
  };
  const follow = () => {
    if (!root.classList.contains("sticks") || root.classList.contains("enlarged")) return;
    goToStep(chart, Math.max(0, Math.min(spec.steps.length, Math.ceil((passed() - 8) / length()))));
  };
  fit();
  addEventListener("resize", fit);
  addEventListener("scroll", follow, { passive: true });
  const scrollTo = (step) => {
    if (!root.classList.contains("sticks")) return;
    const at = room.getBoundingClientRect().top - root.offsetHeight + Math.max(0, step - 0.5) * length();
    scrollBy({ top: at, behavior: "instant" });
  };
  return { scrollTo };
}
