// The deck on paper.

import { printing } from "./setting.js";
import { charts } from "./charts.js";
import { drawAll, followFragments } from "./show_slide.js";
import { reachOnly } from "./slides.js";
import { goToStep } from "./steps.js";

// Every slide under the other, every chart drawn and complete.
export function layOut() {
  reachOnly(null);
  if (!printing) document.documentElement.classList.add("paper");
  for (const chart of charts.values()) goToStep(chart, 0, { quiet: true });
  drawAll();
}

// Printed without ?print-pdf; "?paper" shows the same on the screen.
export function bindPrint() {
  addEventListener("beforeprint", layOut);
  addEventListener("afterprint", () => {
    document.documentElement.classList.remove("paper");
    reachOnly(Reveal.getCurrentSlide());
    followFragments(Reveal.getCurrentSlide(), { quiet: true });
  });
}
