// All that is read from inside Plotly's drawings, which its documentation does not promise: check it with a new version.

import { say } from "./say.js";
import { words } from "./words.js";

const HOVERED = new Set([
  "scatter", "bar", "box", "violin", "histogram", "heatmap", "waterfall", "funnel", "candlestick", "ohlc", "scatterpolar",
  "barpolar", "scatterternary", "contour", "histogram2d",
]);

// The lines of the hover label that Plotly wrote.
function hoverLines(drawing) {
  const lines = [];
  const labels = drawing.querySelectorAll(".hoverlayer .axistext, .hoverlayer .hovertext, .hoverlayer .legend .legendtext");
  for (const label of labels) {
    for (const text of label.matches("text") ? [label] : label.querySelectorAll("text")) {
      const spans = [...text.querySelectorAll("tspan.line")];
      lines.push(...(spans.length ? spans : [text]).map((s) => s.textContent.trim()));
    }
  }
  return lines.filter(Boolean);
}

// What is shown of the points that are hovered: their lines, and the place (in px of the drawing) and record of the first.
export function hovered(drawing, points = drawing._hoverdata ?? []) {
  const record = points[0]?.customdata;
  return { lines: hoverLines(drawing), place: points[0]?.bbox, record: typeof record === "string" ? record : "" };
}

// The points that Plotly can hover, in order: { curve, point, series, name, value }. None where a trace of another kind is
// among those that are shown.
export function pointsIn(drawing) {
  const traces = (drawing.calcdata ?? []).filter((cd) => cd[0]?.trace?.visible === true);
  if (!traces.every((cd) => HOVERED.has(cd[0].trace.type))) return null;
  return traces.length ? traces.flatMap((cd) => pointsOfTrace(drawing, cd)) : null;
}

function pointsOfTrace(drawing, cd) {
  const { trace } = cd[0];
  if (["skip", "none"].includes(trace.hoverinfo)) return [];
  const curve = trace.index;
  if (cd[0].z) {
    const names = trace._input.y ?? [];
    return cd[0].z.flatMap((line, j) => [...line].flatMap((z, i) =>
      (Number.isFinite(z) ? [{ curve, point: [j, i], series: `${curve}/${j}`, name: names[j], value: z }] : [])));
  }
  const sideways = trace.orientation === "h" || drawing._fullLayout[axisName(trace.yaxis)]?.type === "category";
  return cd.flatMap((one, point) =>
    (isMark(one) ? [{ curve, point, series: curve, name: trace._input.name, value: Number(one.s ?? one[sideways ? "x" : "y"]) }] : []));
}

function axisName(id) {
  return id ? `${id[0]}axis${id.slice(1)}` : "";
}

function isMark(one) {
  return ["x", "p", "r", "pos"].some((key) => one[key] !== undefined && one[key] !== null && one[key] !== false);
}

// The names of the series that a drawing shows.
export function seriesShown(drawing) {
  const shown = (drawing.data ?? []).filter(({ visible = true }) => visible === true);
  return shown.map(({ name }, i) => (name ? words(name) : say("unnamed", { number: i + 1 })));
}

// Hover a point; give the lines of its label and its place in px of the drawing.
export function hoverPoint(drawing, curve, point) {
  unhover(drawing);
  const { where, subplot } = placeOf(drawing, curve, point);
  Plotly.Fx.hover(drawing, where, subplot);
  return hovered(drawing);
}

export function unhover(drawing) {
  Plotly.Fx.unhover(drawing);
}

// Plotly hovers a point by its number; in a grid it wants the middle of the cell, in px.
function placeOf(drawing, curve, point) {
  const [first] = drawing.calcdata.find((cd) => cd[0].trace.index === curve);
  const { trace, x, y, xCenter, yCenter } = first;
  const subplot = trace.xaxis ? trace.xaxis + trace.yaxis : trace.subplot;
  if (!Array.isArray(point)) return { where: [{ curveNumber: curve, pointNumber: point }], subplot };
  const { xaxis, yaxis } = drawing._fullLayout._plots[subplot];
  return { where: { xpx: xaxis.c2p((xCenter ?? x)[point[1]]), ypx: yaxis.c2p((yCenter ?? y)[point[0]]) }, subplot };
}
