// All charts of the file by their ids, and what works on any of them.

import { Chart, notDrawn } from "./chart.js";
import { bindControls } from "./controls.js";
import { offerCsv } from "./csv.js";
import { bindPoints } from "./points.js";
import { bindSteps } from "./steps.js";

export const charts = new Map();

export function findCharts() {
  document.addEventListener("keydown", closeDetailsOnEscape, true);
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
  document.addEventListener("keydown", smallerOnEscape, true);
}

function closeDetailsOnEscape(event) {
  if (event.key !== "Escape") return;
  const open = [...charts.values()].filter((chart) => chart.details.open);
  if (!open.length) return;
  open.forEach((chart) => chart.details.close());
  if (document.activeElement.matches(".walk")) document.activeElement.blur();
  event.preventDefault();
  event.stopImmediatePropagation();
}

function smallerOnEscape(event) {
  const large = event.key === "Escape" && [...charts.values()].find((chart) => chart.root.classList.contains("enlarged"));
  if (!large) return;
  large.enlarge(false);
  event.preventDefault();
  event.stopImmediatePropagation();
}
