// Set into every page before its own scripts: notes the times of what a reader waits for.
(() => {
  const told = (window.told = { slide: null, painted: null, chart: null, still: null, all: null, wanted: WANTED, steps: [] });
  const slots = "figure.chart, .plotly-graph-div";
  const onScreen = (e) => { const r = e.getBoundingClientRect(); return r.width > 40 && r.right > 0 && r.left < innerWidth && r.bottom > 0 && r.top < innerHeight; };
  const drawn = (base) => [...base.querySelectorAll(slots)].map((slot) => slot.querySelector(".main-svg")).filter(Boolean);
  const slide = () => [...document.querySelectorAll(".reveal .slides section.present")].pop();
  let pressed = null, was = null;
  addEventListener("keydown", () => { pressed = performance.now(); was = slide(); }, true);
  // Where a slide stands in the deck: "#/2/1".
  told.place = (inner) => {
    const section = inner.closest("section"), column = section.parentElement.closest("section");
    const at = (e) => [...e.parentElement.children].filter((x) => x.localName === "section").indexOf(e);
    return column ? `#/${at(column)}/${at(section)}` : `#/${at(section)}`;
  };
  told.placeOfChart = () => told.place(document.querySelector(slots));
  told.placeOfNotes = (words) => told.place([...document.querySelectorAll("aside.notes")].find((n) => n.textContent.replace(/\s+/g, " ").includes(words)));
  const look = () => {
    const now = performance.now(), here = slide();
    const paint = performance.getEntriesByName("first-contentful-paint")[0];
    if (here) {
      told.slide ??= now;
      if (told.painted === null && paint) told.painted = Math.max(paint.startTime, told.slide);
      if (told.chart === null && drawn(here).some(onScreen)) told.chart = now;
      if (told.still === null && [...here.querySelectorAll("img.still")].some((e) => e.complete && onScreen(e))) told.still = now;
    }
    if (told.all === null && drawn(document).length >= told.wanted) told.all = now;
    if (pressed !== null && here && here !== was) { told.steps.push(now - pressed); pressed = null; }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})();
