// A chart's points by keyboard: one tab stop. Each point is announced as the stop's value, after its series where that
// changes, and its details are shown in the same place as for a pointer.

import { hoverPoint, pointsIn, unhover } from "./inside_plotly.js";
import { placeOf, rowWords, rowsOf } from "./rows.js";
import { language, say } from "./say.js";
import { speak } from "./speak.js";
import { words } from "./words.js";

const MOVES = { ArrowRight: "next", ArrowLeft: "previous", ArrowDown: "below", ArrowUp: "above", Home: "first", End: "last", l: "lowest", h: "highest" };
export const POINT_KEYS = new Set([...Object.keys(MOVES), "p", "Enter", " ", "Escape"]);

export const keyOf = (event) => (event.key.length === 1 ? event.key.toLowerCase() : event.key);

export function bindPoints(chart) {
  const stop = chart.root.querySelector(".walk");
  const walk = { chart, stop, points: null, at: -1 };
  stop.addEventListener("keydown", (event) => onPointKey(walk, event));
  stop.addEventListener("focus", () => chart.ready());
  stop.addEventListener("blur", () => leave(walk));
  chart.root.addEventListener("chartchange", () => { walk.points = null; walk.at = -1; });
}

async function onPointKey(walk, event) {
  const key = keyOf(event);
  if (event.altKey || event.ctrlKey || event.metaKey || !POINT_KEYS.has(key)) return;
  event.preventDefault();
  if (key === "Escape") return walk.stop.blur();
  if (!(await walk.chart.ready())) return;
  walk.points ??= pointsIn(walk.chart.drawing) ?? rowsOf(walk.chart.root);
  if (!walk.points.length) return speak(walk.chart, say("no_points"));
  if (key in MOVES) go(walk, target(walk, MOVES[key]));
  else if (key === "p") speak(walk.chart, position(walk));
  else if (walk.at >= 0) walk.chart.details.keep(walk.shown);
}

// Next, previous, first and last are of all points; lowest and highest of a series; above and below are the same place
// in another series.
export function target({ points, at }, move) {
  if (at < 0 && !["first", "last", "lowest", "highest"].includes(move)) return 0;
  const order = [...new Set(points.map((p) => p.series))];
  const within = (series) => points.map((p, i) => i).filter((i) => points[i].series === series);
  const series = points[Math.max(at, 0)].series;
  const here = within(series);
  if (move === "next") return Math.min(points.length - 1, at + 1);
  if (move === "previous") return Math.max(0, at - 1);
  if (move === "first") return 0;
  if (move === "last") return points.length - 1;
  if (move === "lowest" || move === "highest") {
    const known = here.filter((i) => Number.isFinite(points[i].value));
    const beats = (a, b) => (move === "lowest" ? points[a].value < points[b].value : points[a].value > points[b].value);
    return known.reduce((best, i) => (beats(i, best) ? i : best), known[0] ?? Math.max(at, 0));
  }
  const step = move === "below" ? 1 : -1;
  if (order.length === 1) return Math.min(points.length - 1, Math.max(0, at + step));
  const other = within(order[order.indexOf(series) + step]);
  return other.length ? other[Math.min(here.indexOf(at), other.length - 1)] : at;
}

function go(walk, at) {
  const { chart, stop, points } = walk;
  const before = points[walk.at]?.series;
  walk.at = at;
  const { row, curve, point, series } = points[at];
  if (row) {
    walk.shown = { lines: rowWords(row), place: null, record: placeOf(row) };
  } else {
    walk.shown = hoverPoint(chart.drawing, curve, point);
  }
  chart.details.show(walk.shown);
  const spoken = walk.shown.lines.join(", ") || say("no_details");
  stop.setAttribute("aria-valuemin", 1);
  stop.setAttribute("aria-valuemax", points.length);
  stop.setAttribute("aria-valuenow", at + 1);
  stop.setAttribute("aria-valuetext", series === before ? spoken : [seriesWords(points, series), spoken].filter(Boolean).join(" "));
}

export function seriesWords(points, series) {
  const order = [...new Set(points.map((p) => p.series))];
  if (order.length === 1) return "";
  const own = points.filter((p) => p.series === series);
  const known = own.map((p) => p.value).filter(Number.isFinite);
  const range = known.length > 1 ? say("range", { low: inWords(Math.min(...known)), high: inWords(Math.max(...known)) }) : "";
  const values = { number: order.indexOf(series) + 1, all: order.length, count: own.length, range };
  return own[0].name ? say("series", { ...values, name: words(own[0].name) }) : say("nameless_series", values);
}

function inWords(number) {
  return number.toLocaleString(language, { maximumFractionDigits: 2 });
}

export function position({ points, at }) {
  if (at < 0) return say("no_position", { all: points.length });
  return say("position", { number: at + 1, all: points.length, series: seriesWords(points, points[at].series) }).trim();
}

function leave(walk) {
  if (walk.at >= 0) {
    unhover(walk.chart.drawing);
    if (!walk.chart.details.kept) walk.chart.details.close();
  }
  walk.at = -1;
  walk.stop.setAttribute("aria-valuetext", say("no_point"));
}
