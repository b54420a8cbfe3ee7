import { showView, viewText } from "notebook-decks/address.js";
import { charts } from "notebook-decks/charts.js";
import { bindControls, choose } from "notebook-decks/controls.js";
import { element, equal, test } from "./kit.js";

const PARTS = `<figure id="chart:one"><p class="finding">Fruit</p><div class="live"></div>
  <label><input data-control="0" data-labels='["1990", "2000"]' type="range" min="0" max="1"><output></output></label>
  <button data-control="1" data-step="0" aria-pressed="true"></button><button data-control="1" data-step="1" aria-pressed="false"></button></figure>`;

function chartWithControls() {
  const root = element(PARTS);
  const step = (method, ...args) => ({ method, args });
  const controls = [
    { look: "slider", active: 0, steps: [step("skip"), step("relayout", { title: { text: "Year <b>2000</b>" }, height: 5 })] },
    { look: "buttons", active: 0, steps: [step("restyle", { visible: true }), step("restyle", { visible: false })] },
  ];
  const chart = { root, spec: { controls }, positions: [0, 0], whenDrawn: () => {}, ready: async () => true, drawing: {} };
  chart.say = (title) => { chart.said = title; };
  window.Plotly = {};
  chart.calls = [];
  for (const name of ["restyle", "relayout"]) Plotly[name] = async (_, ...args) => chart.calls.push([name, ...args]);
  bindControls(chart);
  charts.clear();
  charts.set(root.id, chart);
  return chart;
}

test("a slider says its step, and the caption takes the title from the command", async () => {
  const chart = chartWithControls();
  await choose(chart, 0, 1);
  const range = chart.root.querySelector("input");
  equal([range.value, range.getAttribute("aria-valuetext"), chart.root.querySelector("output").textContent], ["1", "2000", "2000"]);
  equal([chart.said, chart.calls], ["Year <b>2000</b>", [["relayout", { height: 5 }]]]);
});

test("buttons show which one is pressed", async () => {
  const chart = chartWithControls();
  await choose(chart, 1, 1);
  equal([...chart.root.querySelectorAll("button")].map((one) => one.getAttribute("aria-pressed")), ["false", "true"]);
});

test("what a button shows is said, and nothing where no word changes", async () => {
  const chart = chartWithControls();
  const live = chart.root.querySelector(".live");
  chart.drawing.data = [{ name: "Apples" }, { name: "<b>Pears</b>" }];
  await choose(chart, 1, 0);
  equal(live.textContent, "");
  Plotly.restyle = async () => { chart.drawing.data[0].visible = "legendonly"; };
  await choose(chart, 1, 1);
  equal(live.textContent, "Shown: Pears.");
});

test("a method that is no command of Plotly's is not called, nor is a step that does not exist", async () => {
  const chart = chartWithControls();
  await choose(chart, 0, 0);
  await choose(chart, 0, 7);
  equal([chart.calls, chart.positions], [[], [0, 0]]);
});

test("the address holds where the controls stand, and puts them there", async () => {
  const chart = chartWithControls();
  equal(viewText(), "");
  await choose(chart, 1, 1);
  equal(viewText(), "?chart:one=0.1");
  await showView("#/3?chart:one=1.0");
  equal(chart.positions, [1, 0]);
});

test("controls start again when the chart does", () => {
  const chart = chartWithControls();
  chart.root.querySelector("input").value = 1;
  chart.root.dispatchEvent(new CustomEvent("chartreset"));
  equal(chart.root.querySelector("input").value, "0");
});
