// The size of the text on a slide.

import { titleOf } from "./slides.js";

const SIZES = [1, 0.93, 0.86, 0.79, 0.72];
const WORDY_SIZES = [1.7, 1.6, 1.5, 1.36, 1.25, 1.12, ...SIZES]; // words alone may grow into the room that they have

// Make a slide's content as high as the stage: smaller text first, then a slide that scrolls. A table that fills its
// slide scrolls in its own box.
export function fit(slide) {
  const body = slide?.querySelector(".slide-body");
  if (!body?.clientHeight || body.dataset.fitted) return;
  const fits = () => body.scrollHeight <= body.clientHeight + 1;
  const tables = [...body.querySelectorAll(":scope > .group > .cell > .table-box")];
  const whole = () => fits() && tables.every((box) => box.scrollHeight <= box.clientHeight + 1);
  const sizes = body.matches(".layout-text, .layout-closing") ? WORDY_SIZES : SIZES;
  for (const size of sizes) {
    body.style.setProperty("--fit", size);
    if (whole()) break;
  }
  if (!fits()) {
    body.classList.add("scrolls");
    body.tabIndex = 0;
    console.warn(`The slide "${titleOf(slide)}" has more than fits: it scrolls.`);
  }
  body.dataset.fitted = "yes";
}
