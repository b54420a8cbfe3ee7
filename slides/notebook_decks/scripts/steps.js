// A chart explained in steps. Each step is the complete chart with changes of its own, and has a sentence. Step 0 is the
// complete chart. In a deck each sentence is a fragment, and the deck's keys go through them; a chart that is built
// up opens at its first. A page has buttons, and all sentences have one place
// above the drawing, which is as high as the longest.

import { say } from "./say.js";
import { inDeck, printing } from "./setting.js";
import { speak } from "./speak.js";

export function bindSteps(chart) {
  const box = chart.root.querySelector(".steps");
  if (!box) return;
  box.classList.add("player");
  for (const button of box.querySelectorAll("button")) {
    button.addEventListener("click", () => goToStep(chart, { back: chart.step - 1, next: chart.step + 1, whole: 0 }[button.dataset.go]));
  }
  if (!printing) chart.step = stepOf(chart);
  showStep(chart);
}

// The step of a chart whose sentence a deck has shown last: the sentences that are no fragments are shown from the start.
export function stepOf(chart) {
  return inDeck ? chart.root.querySelectorAll(".steps li:is(:not(.fragment), .visible)").length : 0;
}

export async function goToStep(chart, number, { quiet = false } = {}) {
  const { steps } = chart.spec;
  if (number === chart.step || number < 0 || number > steps.length) return;
  chart.step = number;
  showStep(chart);
  if (!quiet) speak(chart, number ? say("step", { number, all: steps.length, text: steps[number - 1].text }) : say("whole"));
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
