// What Plotly draws in a box of a certain size.

const NARROW = 560; // px
const WIDE = 700;
const FINGER = 40; // px around a point

// Which of a chart's layouts has this width: 0 on a phone, 2 on a wide page if it has one for that, else 1.
export function layoutAt(spec, width) {
  return (width >= NARROW) + (!!spec.wide && width >= WIDE);
}

// The figure of a chart (`spec`) for a box, with the changes of one step of its explanation.
export function figureFor(spec, { width, height }, changes = {}) {
  const { data, layout } = structuredClone({ data: spec.data, layout: spec.layout });
  const figure = { data: width < NARROW ? data.map(narrowed) : data, layout: fitted(layout, width, height) };
  const wide = layoutAt(spec, width) === 2 ? spec.wide : {};
  for (const [path, value] of Object.entries(structuredClone({ ...wide, ...changes }))) put(figure, path, value);
  return withSmallLabels(figure);
}

// The layout for a box of this size.
function fitted(layout, width, height) {
  const fit = { ...layout, width, height, autosize: false };
  if (width >= NARROW) return fit;
  fit.margin = { ...fit.margin, l: Math.min(fit.margin?.l ?? 8, 8), r: Math.min(fit.margin?.r ?? 8, 8) };
  fit.legend = { ...fit.legend, orientation: "h", x: 0, xanchor: "left", y: 1.02, yanchor: "bottom" };
  fit.dragmode = false; // a finger scrolls the page, and a tap gives the nearest point: it does not move the scale
  fit.hoverdistance ??= FINGER;
  for (const key of Object.keys(fit)) if (/^[xy]axis\d*$/.test(key)) fit[key] = { ...fit[key], fixedrange: true };
  if (fit.coloraxis?.showscale !== false) fit.coloraxis = { ...fit.coloraxis, colorbar: below(fit.coloraxis?.colorbar) };
  return fit;
}

// A grid of colours in a narrow box: its key below it, and no numbers too small to read.
function narrowed(trace) {
  if (!/^(heatmap|contour|histogram2d)/.test(trace.type)) return trace;
  return { ...trace, texttemplate: "", colorbar: below(trace.colorbar) };
}

function below(colorbar) {
  return { ...colorbar, orientation: "h", x: 0.5, xanchor: "center", y: -0.2, yanchor: "top" };
}

// Set an attribute of a figure by its Plotly name: "data[2].visible", or of its layout: "xaxis.range".
export function put(figure, path, value) {
  const way = path.match(/[^.[\]]+/g);
  const last = way.pop();
  const start = path.startsWith("data[") ? figure : figure.layout;
  way.reduce((node, key) => (node[key] ??= {}), start)[last] = value;
}

// Plotly leaves out a label that is higher than its chart; its layer is not seen, so its size does not matter.
function withSmallLabels(figure) {
  figure.layout.hoverlabel = { namelength: -1, font: { size: 1 } };
  for (const trace of figure.data) delete trace.hoverlabel;
  return figure;
}
