// The reading page: charts drawn when they come near, redrawn to the width of their column.

function watchCharts() {
  const near = new IntersectionObserver(
    (seen) => {
      for (const { isIntersecting, target } of seen) {
        if (!isIntersecting) continue;
        near.unobserve(target);
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

// The contents stand open beside the text where there is room, and are folded under the title on a phone.
function foldContents() {
  const fold = document.querySelector(".contents details");
  if (!fold) return;
  const wide = matchMedia("(min-width: 75rem)");
  const follow = () => { fold.open = wide.matches; };
  follow();
  wide.addEventListener("change", follow);
  fold.addEventListener("click", (event) => {
    if (event.target.closest("a")) follow();
  });
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
  watchCharts();
  foldContents();
  bindPrint();
  document.addEventListener("chartchange", () => history.replaceState(null, "", `#${viewText()}`));
  showView();
  if (charts.size) whenIdle(withPlotly); // also for a page that is printed before it is read
}

startPage();
/* more */
