// Plotly's menus and sliders as the page's own controls: each step calls what the figure's author asked for.

import { seriesShown } from "./inside_plotly.js";
import { say } from "./say.js";
import { calm } from "./setting.js";
import { speak } from "./speak.js";

const COMMANDS = new Set(["restyle", "relayout", "update", "animate"]);

export function bindControls(chart) {
  chart.spec.controls.forEach((control, number) => {
    const parts = [...chart.root.querySelectorAll(`[data-control="${number}"]`)];
    for (const part of parts) {
      if (part.tagName === "BUTTON") {
        part.addEventListener("mousedown", (event) => event.preventDefault()); // the deck's keys stay with the deck
        part.addEventListener("click", () => choose(chart, number, Number(part.dataset.step)));
      } else {
        part.addEventListener("input", () => choose(chart, number, Number(part.value)));
        part.addEventListener("pointerup", () => part.type === "range" && part.blur());
      }
    }
  });
  chart.root.addEventListener("chartreset", () => chart.positions.forEach((_, number) => show(chart, number)));
  chart.whenDrawn(() => {
    chart.drawing.on("plotly_animatingframe", ({ name }) => follow(chart, name));
  });
}

// Put a control on a step and do what the step says.
export async function choose(chart, number, step) {
  const control = chart.spec.controls[number];
  const chosen = control.steps[step];
  if (!chosen) return;
  const again = chart.positions[number] === step && chosen.args2; // a second press of a switch
  chart.positions[number] = again ? -1 : step;
  show(chart, number);
  const args = (again ? chosen.args2 : chosen.args) ?? [];
  const act = () => COMMANDS.has(chosen.method) && command(chart, chosen.method, structuredClone(args));
  if (await chart.ready()) {
    const before = shownBy(chart);
    await act();
    if (control.look !== "slider") tellChange(chart, before); // a slider says its value
  } else chart.whenDrawn(act); // on a slide that has not been shown yet
  chart.root.dispatchEvent(new CustomEvent("chartchange", { bubbles: true }));
}

// What a reader can see of a change without looking at the drawing: the title and the names of the series.
function shownBy(chart) {
  return { title: chart.root.querySelector(".finding").textContent, series: seriesShown(chart.drawing).join(", ") };
}

function tellChange(chart, before) {
  const { title, series } = shownBy(chart);
  const news = [title !== before.title && `${title}.`, series !== before.series && (series ? say("shown", { series }) : say("none_shown"))];
  if (news.some(Boolean)) speak(chart, news.filter(Boolean).join(" "));
}

function show(chart, number) {
  const step = chart.positions[number];
  for (const part of chart.root.querySelectorAll(`[data-control="${number}"]`)) {
    if (part.tagName === "BUTTON") {
      if (part.hasAttribute("aria-pressed")) part.setAttribute("aria-pressed", Number(part.dataset.step) === step);
    } else {
      part.value = step;
      if (part.type === "range") tell(part, step);
    }
  }
}

function tell(range, step) {
  const label = JSON.parse(range.dataset.labels)[step] ?? "";
  range.setAttribute("aria-valuetext", label);
  range.parentElement.querySelector("output").textContent = label;
}

function command(chart, method, args) {
  const layout = method === "relayout" ? args[0] : method === "update" ? args[1] : null;
  if (layout && typeof layout === "object") takeWords(chart, layout);
  if (method === "animate" && calm) {
    args[1] = { ...args[1], transition: { duration: 0 } };
  }
  return Plotly[method](chart.drawing, ...args).catch((error) => {
    if (method !== "animate") throw error; // an animation that another one ends is no fault
  });
}

// Take title, own controls and footer out of a layout change: the page shows them itself.
function takeWords(chart, layout) {
  const title = layout.title;
  const text = typeof title === "object" ? title?.text : title;
  chart.say(text ?? layout["title.text"], title?.subtitle?.text ?? layout["title.subtitle.text"]);
  for (const key of Object.keys(layout)) {
    if (/^(title|updatemenus|sliders)/.test(key)) delete layout[key];
  }
  for (const note of Array.isArray(layout.annotations) ? layout.annotations : []) {
    if (note.name === "footer") note.visible = false;
  }
}

// A running animation moves the slider that stands for its frames.
function follow(chart, frame) {
  chart.spec.controls.forEach((control, number) => {
    if (control.look !== "slider") return;
    const step = control.steps.findIndex((s) => s.method === "animate" && [s.args?.[0]].flat().includes(frame));
    if (step < 0 || step === chart.positions[number]) return;
    chart.positions[number] = step;
    show(chart, number);
  });
}
