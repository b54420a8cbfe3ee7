// The deck on paper.

import { printing } from "./setting.js";
import { drawAll } from "./show_slide.js";
import { reachOnly } from "./slides.js";

// Every slide under the other, every chart drawn.
export function layOut() {
  reachOnly(null);
  if (!printing) document.documentElement.classList.add("paper");
  drawAll();
}

// Printed without ?print-pdf; "?paper" shows the same on the screen.
export function bindPrint() {
  addEventListener("beforeprint", layOut);
  addEventListener("afterprint", () => {
    document.documentElement.classList.remove("paper");
    reachOnly(Reveal.getCurrentSlide());
  });
}
