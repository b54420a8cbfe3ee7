// A chart: its figure element, its data, and its drawing at the size of its box.

const inDeck = document.documentElement.classList.contains("deck");
const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
const DECK_TEXT = 18; // px on the stage of 1280 x 720
const NARROW = 560; // px
const charts = new Map();

class Chart {
  constructor(root) {
    this.root = root;
    this.id = root.id;
    this.plot = root.querySelector(".plot");
    this.spec = JSON.parse(root.querySelector(":scope > script").textContent);
    this.steps = this.spec.controls.map((control) => control.active); // where each control stands
    this.drawing = null;
    this.failed = false;
    this.wasDrawn = [];
  }

  // In a deck the drawing is enlarged as a whole, so that its smallest text has 18 px and nothing moves against the rest.
  get enlarged() {
    return inDeck ? Math.max(1, DECK_TEXT / this.spec.text) : 1;
  }

  size() {
    return {
      width: Math.floor(this.plot.clientWidth / this.enlarged),
      height: Math.floor(this.plot.clientHeight / this.enlarged),
    };
  }

  // Draw now, if plotly.js is there and the box has a size. True if the chart is drawn.
  draw() {
    if (this.drawing || this.failed || !window.Plotly) return !!this.drawing;
    const { width, height } = this.size();
    if (!width || !height) return false;
    const drawing = document.createElement("div");
    drawing.className = "drawing";
    drawing.setAttribute("aria-hidden", "true"); // its words are in caption, description, points and table
    drawing.style.transform = this.enlarged > 1 ? `scale(${this.enlarged})` : "";
    this.plot.prepend(drawing);
    this.drawing = drawing;
    this.drawnAt = width;
    try {
      const { frames } = this.spec;
      const data = width < NARROW ? this.spec.data.map(narrowed) : this.spec.data;
      const layout = fitted(this.spec.layout, width, height);
      if (calm) delete layout.transition;
      const drawn = Plotly.newPlot(drawing, { data, layout, frames, config: { ...this.spec.config, displayModeBar: inDeck ? false : "hover" } });
      drawn.catch((error) => this.fail(error));
      drawing.on("plotly_afterplot", () => this.oneTabStop());
      this.oneTabStop();
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

  resize() {
    const { width, height } = this.size();
    if (!this.drawing || !width || width === this.drawnAt) return;
    const before = this.drawnAt < NARROW;
    this.drawnAt = width;
    const change = { width, height };
    if (before !== width < NARROW) {
      const { margin, legend } = fitted(this.spec.layout, width, height);
      Object.assign(change, { margin, legend });
    }
    Plotly.relayout(this.drawing, change);
  }

  // The caption says the title, so a command that changes the title changes the caption.
  say(title, subtitle) {
    if (title !== undefined) this.root.querySelector(".finding").textContent = words(title);
    const measure = this.root.querySelector(".measure");
    if (subtitle !== undefined && measure) measure.textContent = words(subtitle);
  }
}

// The figure's layout for a box of this size.
function fitted(layout, width, height) {
  const fit = { ...structuredClone(layout), width, height, autosize: false };
  if (width >= NARROW) return fit;
  fit.margin = { ...fit.margin, l: Math.min(fit.margin?.l ?? 8, 8), r: Math.min(fit.margin?.r ?? 8, 8) };
  fit.legend = { ...fit.legend, orientation: "h", x: 0, xanchor: "left", y: 1.02, yanchor: "bottom" };
  fit.dragmode = false; // a finger scrolls the page
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

// The words of a Plotly label, without its tags.
function words(label) {
  const box = document.createElement("textarea"); // reads entities, runs nothing
  box.innerHTML = String(label ?? "").replace(/<br\s*\/?>/gi, " ").replace(/<[^<>]*>/g, "");
  return box.value;
}

function notDrawn(root, error) {
  const message = document.createElement("p");
  message.className = "wait";
  message.textContent = "This chart could not be drawn. Its numbers are in the table.";
  root.querySelector(".drawing")?.remove();
  const waiting = root.querySelector(".plot > .wait");
  if (waiting) waiting.replaceWith(message);
  else root.querySelector(".plot").append(message);
  console.error(`${root.id}: ${error}`);
}

function findCharts() {
  for (const root of document.querySelectorAll("figure[data-chart]")) {
    try {
      const chart = new Chart(root);
      bindControls(chart);
      bindPoints(chart);
      charts.set(root.id, chart);
      offerCsv(root);
    } catch (error) { // one chart that cannot be read stays one
      notDrawn(root, error);
    }
  }
}
