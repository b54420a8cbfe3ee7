// The view in the address: where each chart's controls stand, after "?" in the part behind "#".

import { charts } from "./charts.js";
import { choose } from "./controls.js";

export const otherViews = new Map(); // what is no chart and has a state of its own: id -> { text(), show(text) }

export function viewText() {
  const parts = [];
  const named = (id) => encodeURIComponent(id).replaceAll("%3A", ":");
  for (const [id, chart] of charts) {
    const start = chart.spec.controls.map((control) => control.active);
    if (chart.positions.some((position, i) => position !== start[i])) parts.push(`${named(id)}=${chart.positions.join(".")}`);
  }
  for (const [id, part] of otherViews) {
    if (part.text()) parts.push(`${named(id)}=${part.text()}`);
  }
  return parts.length ? `?${parts.join("&")}` : "";
}

export async function showView(hash = location.hash) {
  const asked = new URLSearchParams(hash.split("?")[1] ?? "");
  for (const [id, text] of asked) {
    otherViews.get(id)?.show(text);
    const chart = charts.get(id);
    const steps = text.split(".").map(Number);
    for (const [number, step] of steps.entries()) {
      if (chart?.spec.controls[number] && step !== chart.positions[number]) await choose(chart, number, step);
    }
  }
}
