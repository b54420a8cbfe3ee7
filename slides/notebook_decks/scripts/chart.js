// A chart: its figure element, its data, and its drawing at the size of its box.

import { Details } from "./details.js";
import { figureFor, layoutAt } from "./figure.js";
import { withPlotly } from "./library.js";
import { say } from "./say.js";
import { calm, inDeck, touched } from "./setting.js";
import { words } from "./words.js";

const DECK_TEXT = 18; // px on the stage of 1280 x 720
const STAGE = 1280;
const LEAST_GAIN = 1.2; // a chart that would grow by less is not offered larger
const LEAST_WINDOW = 700; // px

export class Chart {
  constructor(root) {
    this.root = root;
    this.id = root.id;
    this.plot = root.querySelector(".plot");
    this.spec = JSON.parse(root.querySelector(":scope > script").textContent);
    this.positions = this.spec.controls.map((control) => control.active); // where each control stands
    this.step = 0; // of the explanation; 0 is the complete chart
    this.factor = 1; // how much larger the drawing is while the chart is enlarged
    this.drawing = null;
    this.failed = false;
    this.wasDrawn = [];
    this.details = new Details(this);
    this.words = [".finding", ".measured"].map((part) => root.querySelector(part)).filter(Boolean);
    this.wordsAtFirst = this.words.map((part) => part.cloneNode(true));
  }

  // In a deck the drawing is scaled as a whole, so that its smallest text has 18 px and nothing moves against the rest.
  get scale() {
    return this.factor * (inDeck ? Math.max(1, DECK_TEXT / this.spec.text) : 1);
  }

  size() {
    return {
      width: Math.floor(this.plot.clientWidth / this.scale),
      height: Math.floor(this.plot.clientHeight / this.scale),
    };
  }

  // What Plotly draws in a box of this size, at the step that is shown.
  figure(size) {
    const figure = figureFor(this.spec, size, this.step ? this.spec.steps[this.step - 1].changes : {});
    if (calm) delete figure.layout.transition;
    return figure;
  }

  // Show the picture that stands for the drawing until that is there. It is kept as text, which costs no time to load.
  showStill() {
    const kept = this.plot.querySelector("noscript.kept");
    const waiting = this.plot.querySelector("p.wait");
    if (!kept || !waiting || this.drawing) return;
    const box = document.createElement("template");
    box.innerHTML = kept.textContent;
    kept.remove();
    waiting.replaceWith(box.content);
  }

  // Draw now, if plotly.js is there and the box has a size. True if the chart is drawn.
  draw() {
    if (this.drawing || this.failed || !window.Plotly) return !!this.drawing;
    const { width, height } = this.size();
    if (!width || !height) return false;
    const drawing = document.createElement("div");
    drawing.className = "drawing";
    drawing.setAttribute("aria-hidden", "true"); // its words are in caption, description, points and table
    drawing.style.transform = this.scale > 1 ? `scale(${this.scale})` : "";
    this.plot.prepend(drawing);
    this.drawing = drawing;
    this.drawnAt = { width, height };
    try {
      // The bar would cover what stands at the top, and the boxes for a range would turn a label into a field to edit.
      const dictionary = { "Double-click to zoom back out": say("zoom_back") };
      const config = { ...this.spec.config, displayModeBar: false, showAxisRangeEntryBoxes: false, locale: "file", locales: { file: { dictionary } } };
      if (touched) config.doubleClick = false; // Plotly takes the touch and the click that follows it for two clicks
      const drawn = Plotly.newPlot(drawing, { ...this.figure({ width, height }), frames: this.spec.frames, config });
      drawn.catch((error) => this.fail(error));
      drawing.on("plotly_afterplot", () => this.oneTabStop());
      this.oneTabStop();
      this.offerToEnlarge();
      this.wasDrawn.forEach((job) => job(this));
      this.plot.querySelector(".wait")?.remove();
    } catch (error) {
      this.fail(error);
    }
    return !this.failed;
  }

  fail(error) {
    this.failed = true;
    this.drawing = null;
    notDrawn(this.root, error);
  }

  oneTabStop() {
    for (const button of this.drawing.querySelectorAll("button, a, [tabindex]")) button.setAttribute("tabindex", "-1");
  }

  whenDrawn(job) {
    if (this.drawing) job(this);
    else this.wasDrawn.push(job);
  }

  async ready() {
    await withPlotly();
    return this.draw();
  }

  // Draw again after a step. The controls start again, since a step is a change of the complete chart.
  redraw() {
    this.positions = this.spec.controls.map((control) => control.active);
    this.words.forEach((part, i) => part.replaceChildren(...this.wordsAtFirst[i].cloneNode(true).childNodes));
    this.root.dispatchEvent(new CustomEvent("chartreset"));
    this.details.close();
    const { data, layout } = this.figure(this.drawnAt);
    return Plotly.react(this.drawing, data, layout).then(() => this.root.dispatchEvent(new CustomEvent("chartchange", { bubbles: true })));
  }

  resize() {
    this.offerToEnlarge();
    const { width, height } = this.size();
    const before = this.drawnAt;
    if (!this.drawing || !width || !height || (width === before.width && height === before.height)) return;
    this.drawnAt = { width, height };
    this.drawing.style.transform = this.scale > 1 ? `scale(${this.scale})` : "";
    if (layoutAt(this.spec, before.width) !== layoutAt(this.spec, width)) this.redraw();
    else Plotly.relayout(this.drawing, { width, height });
  }

  // On a phone a chart has all the width there is, and on most slides too.
  get canBeEnlarged() {
    return inDeck ? this.plot.clientWidth * LEAST_GAIN < STAGE : innerWidth >= LEAST_WINDOW;
  }

  offerToEnlarge() {
    this.root.querySelector(".enlarge").hidden = !this.canBeEnlarged && !this.root.classList.contains("enlarged");
  }

  // Let the chart fill the slide or the window, everything in it larger by the same factor; and back.
  async enlarge(yes) {
    if (yes === this.root.classList.contains("enlarged") || (yes && !this.canBeEnlarged)) return;
    await this.ready();
    this.details.close();
    const { clientWidth: width, clientHeight: height } = this.plot;
    this.factor = 1;
    this.root.classList.toggle("enlarged", yes);
    document.documentElement.classList.toggle("has-enlarged", yes);
    if (yes) this.factor = Math.max(1, Math.min(this.plot.clientWidth / width, this.plot.clientHeight / height));
    const button = this.root.querySelector(".enlarge");
    button.setAttribute("aria-pressed", yes);
    button.textContent = say(yes ? "shrink" : "enlarge");
    this.resize();
  }

  // The caption says the title, so a command that changes the title changes the caption.
  say(title, subtitle) {
    if (title !== undefined) this.root.querySelector(".finding").textContent = words(title);
    const measure = this.root.querySelector(".measured");
    if (subtitle !== undefined && measure) measure.textContent = words(subtitle);
  }
}

export function notDrawn(root, error) {
  const message = document.createElement("p");
  message.className = "wait";
  message.textContent = say("not_drawn");
  root.querySelector(".drawing")?.remove();
  const waiting = root.querySelector(".plot > .wait");
  if (waiting) waiting.replaceWith(message);
  else root.querySelector(".plot").append(message);
  console.error(`${root.id}: ${error}`);
}
