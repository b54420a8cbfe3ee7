// What happens on a slide when it comes into sight, and when the deck moves on.

import { charts } from "./charts.js";
import { fit } from "./fit.js";
import { withPlotly } from "./library.js";
import { chartsIn, nextSlide } from "./slides.js";
import { goToStep, stepOf } from "./steps.js";
import { afterPaint, whenIdle } from "./timing.js";
import { zoom } from "./zoom.js";

function drawSlide(slide) {
  if (!slide) return;
  fit(slide);
  chartsIn(slide).forEach((chart) => chart.draw());
}

export async function showSlide(slide) {
  fit(slide);
  if (chartsIn(slide).length) {
    if (!window.Plotly) {
      for (const chart of chartsIn(slide)) chart.showStill();
      await new Promise(afterPaint);
    }
    await withPlotly();
    drawSlide(slide);
  }
  whenIdle(async () => {
    if (!charts.size) return;
    await withPlotly();
    drawSlide(nextSlide());
  });
}

export function drawAll() {
  for (const slide of document.querySelectorAll(".slides section:not(.stack)")) drawSlide(slide);
  for (const chart of charts.values()) chart.resize();
}

// The sentences of a chart's steps are fragments: the chart is at the step whose sentence was shown last.
export function followFragments(slide, how) {
  for (const chart of chartsIn(slide)) goToStep(chart, stepOf(chart), how);
}

// What was opened on a slide is closed when the deck moves on.
export function closeAll(slide) {
  zoom("");
  for (const chart of chartsIn(slide)) {
    chart.details.close();
    chart.enlarge(false);
    chart.root.querySelector(".rows").open = false;
  }
}
