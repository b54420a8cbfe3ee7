// A chart's points by keyboard: one tab stop, arrow keys, spoken in a live region, shown as Plotly's own hover.

const HOVERED = new Set([
  "scatter", "bar", "box", "violin", "histogram", "heatmap", "waterfall", "funnel", "candlestick", "ohlc", "scatterpolar",
  "barpolar", "scatterternary", "contour", "histogram2d",
]);

// What can be visited: [trace, point] where Plotly can hover it, else the rows of the table.
function pointsOf(chart) {
  const traces = (chart.drawing.calcdata ?? []).filter((cd) => cd[0]?.trace?.visible === true);
  if (!traces.length || !traces.every((cd) => HOVERED.has(cd[0].trace.type))) {
    return [...chart.root.querySelectorAll(".rows tbody tr")].map((row) => ({ row, group: 0 }));
  }
  const found = [];
  for (const cd of traces) {
    const { trace } = cd[0];
    if (["skip", "none"].includes(trace.hoverinfo)) continue;
    const curve = trace.index;
    if (cd[0].z) {
      cd[0].z.forEach((line, j) => line.forEach((z, i) => Number.isFinite(z) && found.push({ curve, point: [j, i], group: j })));
    } else {
      const at = cd.map((one, point) => ({ curve, point, group: curve, one })).filter(({ one }) => isMark(one));
      found.push(...at);
    }
  }
  return found;
}

function isMark(one) {
  return ["x", "p", "r", "pos"].some((key) => one[key] !== undefined && one[key] !== null && one[key] !== false);
}

function bindPoints(chart) {
  const stop = chart.root.querySelector(".walk");
  const walk = { chart, stop, points: null, at: -1 };
  stop.addEventListener("keydown", (event) => onKey(walk, event));
  stop.addEventListener("focus", () => chart.ready());
  stop.addEventListener("blur", () => leave(walk));
  chart.root.addEventListener("chartchange", () => { walk.points = null; walk.at = -1; });
  const fact = chart.root.querySelector(".fact");
  fact.querySelector("button").addEventListener("click", () => { fact.hidden = true; stop.focus({ preventScroll: true }); });
  fact.addEventListener("keydown", (event) => event.key === "Escape" && fact.querySelector("button").click());
  chart.whenDrawn(() => chart.drawing.on("plotly_click", () => pin(chart, hovered(chart))));
}

async function onKey(walk, event) {
  const moves = { ArrowRight: 1, ArrowLeft: -1, Home: "first", End: "last", ArrowDown: "next", ArrowUp: "previous" };
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key in moves) {
    event.preventDefault();
    if (!(await walk.chart.ready())) return;
    walk.points ??= pointsOf(walk.chart);
    go(walk, target(walk, moves[event.key]));
  } else if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    if (walk.at >= 0) pin(walk.chart, walk.said);
  } else if (event.key === "Escape") {
    event.preventDefault();
    walk.chart.root.querySelector(".fact").hidden = true;
    walk.stop.blur();
  }
}

// Right and left: the next point; down and up: the same place in the next group (a trace, or a row of a grid).
function target({ points, at }, move) {
  if (move === "first" || at < 0) return move === "last" ? points.length - 1 : 0;
  if (move === "last") return points.length - 1;
  if (typeof move === "number") return Math.min(points.length - 1, Math.max(0, at + move));
  const groups = [...new Set(points.map((p) => p.group))];
  if (groups.length === 1) return Math.min(points.length - 1, Math.max(0, at + (move === "next" ? 1 : -1)));
  const group = groups[groups.indexOf(points[at].group) + (move === "next" ? 1 : -1)];
  if (group === undefined) return at;
  const place = at - points.findIndex((p) => p.group === points[at].group);
  const start = points.findIndex((p) => p.group === group);
  return start + Math.min(place, points.filter((p) => p.group === group).length - 1);
}

function go(walk, at) {
  const { chart, stop, points } = walk;
  if (!points.length) return speak(chart, "This chart has no points to visit. Its numbers are in the table.");
  walk.at = at;
  stop.setAttribute("aria-valuemin", 1);
  stop.setAttribute("aria-valuemax", points.length);
  stop.setAttribute("aria-valuenow", at + 1);
  stop.setAttribute("aria-valuetext", `${at + 1} of ${points.length}`);
  const { row, curve, point } = points[at];
  if (row) {
    walk.said = rowWords(row);
    pin(chart, walk.said);
  } else {
    Plotly.Fx.unhover(chart.drawing);
    const { where, subplot } = placeOf(chart.drawing, curve, point);
    Plotly.Fx.hover(chart.drawing, where, subplot);
    walk.said = hovered(chart);
  }
  speak(chart, walk.said.join(", "));
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

// The lines of the hover text that Plotly shows.
function hovered(chart) {
  const lines = [];
  for (const label of chart.drawing.querySelectorAll(".hoverlayer .hovertext, .hoverlayer .legend .legendtext")) {
    for (const text of label.matches("text") ? [label] : label.querySelectorAll("text")) {
      const spans = [...text.querySelectorAll("tspan.line")];
      lines.push(...(spans.length ? spans : [text]).map((s) => s.textContent.trim()));
    }
  }
  return lines.filter(Boolean);
}

function rowWords(row) {
  const heads = [...row.closest("table").querySelectorAll("thead th")];
  return [...row.cells].map((cell, i) => `${heads[i]?.textContent ?? ""}: ${cell.textContent}`).filter((line) => !line.endsWith(": "));
}

function speak(chart, text) {
  chart.root.querySelector(".live").textContent = text;
}

function pin(chart, lines) {
  if (!lines?.length) return;
  const fact = chart.root.querySelector(".fact");
  const box = fact.querySelector("p");
  box.replaceChildren(...lines.flatMap((line, i) => (i ? [document.createElement("br"), line] : [line])));
  fact.hidden = false;
}

function leave(walk) {
  if (walk.chart.drawing && walk.at >= 0 && !walk.points?.[walk.at]?.row) Plotly.Fx.unhover(walk.chart.drawing);
  walk.at = -1;
}
