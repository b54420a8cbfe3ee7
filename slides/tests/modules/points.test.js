import { hovered, pointsIn } from "notebook-decks/inside_plotly.js";
import { position, seriesWords, target } from "notebook-decks/points.js";
import { placeOf, rowWords, rowsOf } from "notebook-decks/rows.js";
import { element, equal, test } from "./kit.js";

const points = [["a", 3], ["a", 1], ["a", 9], ["b", 5], ["b", 2]].map(([series, value]) => ({ series, value, name: series.toUpperCase() }));
const moved = (at, ...moves) => moves.map((move) => target({ points, at }, move));

test("the first key of a walk goes to the first point", () => {
  equal(moved(-1, "next", "below", "last", "lowest"), [0, 0, 4, 1]);
});

test("next and previous stop at the ends", () => {
  equal([...moved(4, "next"), ...moved(0, "previous"), ...moved(2, "next")], [4, 0, 3]);
});

test("lowest and highest are of the series", () => {
  equal([...moved(0, "lowest", "highest"), ...moved(3, "lowest", "highest")], [1, 2, 4, 3]);
});

test("above and below keep the place in another series", () => {
  equal([...moved(1, "below"), ...moved(2, "below"), ...moved(4, "above"), ...moved(3, "below")], [4, 4, 1, 3]);
});

test("a series is announced with its place, size and range", () => {
  equal(seriesWords(points, "b"), "B, series 2 of 2, 2 points, from 2 to 5.");
  equal(seriesWords(points.slice(0, 3), "a"), "");
});

test("the position names point and series", () => {
  equal(position({ points, at: 3 }), "Point 4 of 5. B, series 2 of 2, 2 points, from 2 to 5.");
  equal(position({ points, at: -1 }), "No point is chosen. The chart has 5.");
});

test("Plotly's points have a value for each mark, and gaps have none", () => {
  const trace = { type: "bar", visible: true, index: 0, yaxis: "y", _input: { name: "Pears" } };
  const drawing = { calcdata: [[{ trace, p: 1, s: 7 }, { p: false }, { p: 3, s: 2 }]], _fullLayout: {} };
  equal(pointsIn(drawing).map(({ point, name, value }) => [point, name, value]), [[0, "Pears", 7], [2, "Pears", 2]]);
  equal(pointsIn({ calcdata: [[{ trace: { ...trace, type: "pie" } }]] }), null);
  equal(pointsIn({}), null);
});

test("rows of the table stand for points that Plotly cannot hover", () => {
  const root = element(`<figure><div class="rows"><table><thead><tr><th>Year</th><th>n</th></tr></thead>
    <tbody><tr><th>2020</th><td>1,200</td></tr><tr><th>2021</th><td></td></tr></tbody></table></div></figure>`);
  const found = rowsOf(root);
  equal(found.map(({ value }) => value), [1200, 2021]);
  equal(found.map(({ row }) => rowWords(row)), [["Year: 2020", "n: 1,200"], ["Year: 2021"]]);
});

test("a point leads to the place that the figure names, and other data of a point lead nowhere", () => {
  const drawing = element("<div></div>");
  equal(hovered(drawing, [{ bbox: 1, customdata: "fact:a/b" }]), { lines: [], place: 1, record: "fact:a/b" });
  equal(hovered(drawing, [{ bbox: 1, customdata: [5, 6] }]).record, "");
  equal(hovered(drawing, []).record, "");
});

test("a row leads to the place of its link", () => {
  equal(placeOf(element('<table><tr><th><a href="records.html#fact:a/b">5</a></th></tr></table>')), "fact:a/b");
  equal(placeOf(element("<table><tr><th>5</th></tr></table>")), "");
});
