import { figureFor, put } from "notebook-decks/figure.js";
import { words } from "notebook-decks/words.js";
import { equal, test } from "./kit.js";

const spec = () => ({ data: [{ type: "heatmap", texttemplate: "%{z}" }], layout: { margin: { l: 90 }, xaxis: { range: [0, 1] } } });

test("a wide box keeps margins and labels of a figure", () => {
  const { data, layout } = figureFor(spec(), { width: 900, height: 400 });
  equal([layout.width, layout.height, layout.margin.l, data[0].texttemplate], [900, 400, 90, "%{z}"]);
});

test("a narrow box has small margins, the key below and no numbers in cells", () => {
  const { data, layout } = figureFor(spec(), { width: 400, height: 400 });
  equal([layout.margin.l, layout.dragmode, data[0].texttemplate, data[0].colorbar.orientation], [8, false, "", "h"]);
});

test("a step changes a copy of the figure", () => {
  const own = spec();
  equal(figureFor(own, { width: 900, height: 400 }, { "data[0].visible": false, "xaxis.range": [0, 5] }).layout.xaxis.range, [0, 5]);
  equal(own, spec());
});

test("a path makes what is missing on its way", () => {
  const figure = { data: [{}], layout: {} };
  put(figure, "data[0].marker.color", "red");
  put(figure, "title.text", "New");
  equal(figure, { data: [{ marker: { color: "red" } }], layout: { title: { text: "New" } } });
});

test("a label is read without its tags and entities", () => {
  equal([words("<b>a &amp; b</b><br>c"), words(null), words("1 < 2")], ["a & b c", "", "1 < 2"]);
});
