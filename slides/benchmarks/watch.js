// Put into every page before its own scripts: notes the times of what a reader waits for.
(() => {
  const seen = (window.seen = { slide: null, painted: null, chart: null, still: null, all: null, freeze: 0, steps: [] });
  const slots = "figure.chart, .plotly-graph-div";
  const onScreen = (e) => { const r = e.getBoundingClientRect(); return r.width > 40 && r.right > 0 && r.left < innerWidth && r.bottom > 0 && r.top < innerHeight; };
  const drawn = (base) => [...base.querySelectorAll(slots)].map((slot) => slot.querySelector(".main-svg")).filter(Boolean);
  const slide = () => [...document.querySelectorAll(".reveal .slides section.present")].pop();
  let pressed = null, was = null;
  addEventListener("keydown", () => { pressed = performance.now(); was = slide(); }, true);
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) seen.freeze = Math.max(seen.freeze, duration);
  }).observe({ type: "longtask", buffered: true });
  // Where a slide stands in the deck: "#/2/1".
  seen.place = (inner) => {
    const section = inner.closest("section"), column = section.parentElement.closest("section");
    const at = (e) => [...e.parentElement.children].filter((x) => x.localName === "section").indexOf(e);
    return column ? `#/${at(column)}/${at(section)}` : `#/${at(section)}`;
  };
  seen.placeOfChart = () => seen.place(document.querySelector(slots));
  const look = () => {
    const now = performance.now(), here = slide();
    const paint = performance.getEntriesByName("first-contentful-paint")[0];
    if (here) {
      seen.slide ??= now;
      if (seen.painted === null && paint) seen.painted = Math.max(paint.startTime, seen.slide);
      if (seen.chart === null && drawn(here).some(onScreen)) seen.chart = now;
      if (seen.still === null && [...here.querySelectorAll(".still")].some(onScreen)) seen.still = now;
    }
    if (seen.all === null && document.readyState === "complete" && drawn(document).length >= document.querySelectorAll(slots).length) seen.all = now;
    if (pressed !== null && here && here !== was) { seen.steps.push(now - pressed); pressed = null; }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})();
