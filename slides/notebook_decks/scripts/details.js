// The details of a point: in one place below the chart, the same for mouse, touch and keyboard. Plotly still writes its
// hover label, in a layer that is not seen, and what it writes there is shown below the chart.

import { hovered } from "./inside_plotly.js";

export class Details {
  constructor(chart) {
    this.chart = chart;
    chart.plot.addEventListener("pointerleave", () => this.kept || this.release());
    this.box = chart.root.querySelector(".details");
    this.link = this.box.querySelector(".record a"); // to the record of the point, where the figure names its place
    this.kept = null; // what stays when the pointer leaves: { lines, place, record }
    this.box.querySelector("button").addEventListener("click", () => this.close());
    chart.root.addEventListener("chartchange", () => this.close());
    chart.whenDrawn(() => this.follow());
  }

  follow() {
    const { drawing } = this.chart;
    let waiting = 0;
    drawing.on("plotly_hover", ({ points }) => {
      cancelAnimationFrame(waiting);
      waiting = requestAnimationFrame(() => this.show(hovered(drawing, points)));
    });
    drawing.on("plotly_unhover", () => {
      cancelAnimationFrame(waiting);
      if (!this.kept) this.hide();
      else this.show(this.kept);
    });
    drawing.on("plotly_click", ({ points }) => this.keep(hovered(drawing, points)));
    drawing.on("plotly_relayout", (changes) => Object.keys(changes).length && this.close()); // a tap can come as one of nothing
  }

  get open() {
    return !this.box.hidden;
  }

  show({ lines, place, record }) {
    if (!lines.length) return this.hide();
    if (this.link) {
      this.link.parentElement.hidden = !record;
      this.link.hash = record ?? "";
    }
    const spans = lines.map((line, i) => {
      const span = document.createElement(i ? "span" : "b");
      const label = /^\p{Lu}[\p{L} ]{1,20}:(?= )/u.exec(line)?.[0] ?? ""; // such as "Record:"
      span.append(Object.assign(document.createElement("strong"), { textContent: label }), line.slice(label.length));
      return span;
    });
    this.box.querySelector("p").replaceChildren(...spans.flatMap((span) => [span, " "]));
    this.box.hidden = false;
    this.box.scrollTop = 0;
    this.reserve();
    this.frame(place);
  }

  keep(point) {
    if (!point.lines.length) return;
    this.kept = point;
    this.show(point);
  }

  // A frame around the mark whose details are shown. `place` is in px of the drawing.
  frame(place) {
    const mark = this.chart.root.querySelector(".marked");
    mark.hidden = !place;
    if (!place) return;
    const { scale } = this.chart;
    const [x, y] = [Math.min(place.x0, place.x1), Math.min(place.y0, place.y1)];
    const [width, height] = [Math.abs(place.x1 - place.x0), Math.abs(place.y1 - place.y0)].map((size) => size * scale + 8);
    Object.assign(mark.style, { left: `${x * scale - 4}px`, top: `${y * scale - 4}px`, width: `${width}px`, height: `${height}px` });
  }

  // On a page the details move what is below them, once: until the pointer leaves the chart, their place stays as high as
  // the highest so far.
  reserve() {
    const { style } = this.chart.root;
    style.setProperty("--reserved", `${Math.max(this.box.offsetHeight, parseFloat(style.getPropertyValue("--reserved")) || 0)}px`);
  }

  release() {
    this.chart.root.style.removeProperty("--reserved");
  }

  hide() {
    this.box.hidden = true;
    this.chart.root.querySelector(".marked").hidden = true;
  }

  close() {
    this.kept = null;
    if (this.box.contains(document.activeElement)) this.chart.root.querySelector(".walk").focus({ preventScroll: true });
    this.hide();
    this.release();
  }
}
