// The reading page: charts drawn when they come near, redrawn to the width of their column.

import { showView, viewText } from "./address.js";
import { charts, findCharts } from "./charts.js";
import { foldContents } from "./contents.js";
import { withPlotly } from "./library.js";
import { bindTables } from "./tables.js";
import { whenIdle } from "./timing.js";

function watchCharts() {
  const near = new IntersectionObserver(
    (seen) => {
      for (const { isIntersecting, target } of seen) {
        if (!isIntersecting) continue;
        near.unobserve(target);
        charts.get(target.id).showStill();
        charts.get(target.id).ready();
      }
    },
    { rootMargin: "600px" },
  );
  const sized = new ResizeObserver((seen) => seen.forEach(({ target }) => charts.get(target.closest("figure").id).resize()));
  for (const chart of charts.values()) {
    near.observe(chart.root);
    sized.observe(chart.plot);
  }
}

function bindPrint() {
  const onPaper = (yes) => {
    document.documentElement.classList.toggle("paper", yes);
    for (const chart of charts.values()) {
      chart.draw();
      chart.resize();
    }
  };
  addEventListener("beforeprint", () => onPaper(true));
  addEventListener("afterprint", () => onPaper(false));
}

function startPage() {
  findCharts();
  bindTables();
  watchCharts();
  foldContents();
  bindPrint();
  document.addEventListener("chartchange", () => history.replaceState(null, "", `#${viewText()}`));
  showView();
  if (charts.size) whenIdle(withPlotly); // also for a page that is printed before it is read
}

startPage();
