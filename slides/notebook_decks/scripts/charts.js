// All charts of the file by their ids, and what works on any of them.

import { Chart, notDrawn } from "./chart.js";
import { bindControls } from "./controls.js";
import { offerCsv } from "./csv.js";
import { bindPoints } from "./points.js";
import { bindSteps } from "./steps.js";

export const charts = new Map();

export function findCharts() {
  for (const root of document.querySelectorAll("figure[data-chart]")) {
    try {
      const chart = new Chart(root);
      bindControls(chart);
      bindPoints(chart);
      bindSteps(chart);
      root.querySelector(".enlarge").addEventListener("click", () => chart.enlarge(!root.classList.contains("enlarged")));
      charts.set(root.id, chart);
      offerCsv(root);
    } catch (error) { // one chart that cannot be read stays one
      notDrawn(root, error);
    }
  }
  document.addEventListener("keydown", onEscape, true);
}

// Escape closes what is open, from the inside out: first the details of points, then an enlarged chart.
function onEscape(event) {
  if (event.key !== "Escape") return;
  const all = [...charts.values()];
  const open = all.filter((chart) => chart.details.open);
  const large = all.find((chart) => chart.root.classList.contains("enlarged"));
  if (open.length) {
    open.forEach((chart) => chart.details.close());
    if (document.activeElement.matches(".walk")) document.activeElement.blur();
  } else if (large) large.enlarge(false);
  else return;
  event.preventDefault();
  event.stopImmediatePropagation();
}
