// The deck: reveal.js on a fixed stage, charts drawn when their slide is shown, everything inside the stage.

const SIZES = [1, 0.93, 0.86, 0.79, 0.72];
const WORDY_SIZES = [1.7, 1.6, 1.5, 1.36, 1.25, 1.12, ...SIZES]; // words alone may grow into the room that they have
const printing = /print-pdf/i.test(location.search);

function chartsIn(slide) {
  return [...(slide?.querySelectorAll("figure[data-chart]") ?? [])].map((root) => charts.get(root.id)).filter(Boolean);
}

// Make a slide's content as high as the stage: smaller text first, then a slide that scrolls.
function fit(slide) {
  const body = slide?.querySelector(".slide-body");
  if (!body?.clientHeight || body.dataset.fitted) return;
  const fits = () => body.scrollHeight <= body.clientHeight + 1;
  const sizes = body.matches(".layout-text, .layout-closing") ? WORDY_SIZES : SIZES;
  for (const size of sizes) {
    body.style.setProperty("--fit", size);
    if (fits()) break;
  }
  if (!fits()) {
    body.classList.add("scrolls");
    body.tabIndex = 0;
    console.warn(`The slide "${titleOf(slide)}" has more than fits: it scrolls.`);
  }
  body.dataset.fitted = "yes";
}

function drawSlide(slide) {
  if (!slide) return;
  fit(slide);
  chartsIn(slide).forEach((chart) => chart.draw());
}

async function showSlide(slide) {
  fit(slide);
  if (chartsIn(slide).length) {
    if (!window.Plotly) await new Promise(afterPaint);
    await withPlotly();
    drawSlide(slide);
  }
  whenIdle(async () => {
    if (!charts.size) return;
    await withPlotly();
    drawSlide(nextSlide());
  });
}

function drawAll() {
  for (const slide of document.querySelectorAll(".slides section:not(.stack)")) drawSlide(slide);
  for (const chart of charts.values()) chart.resize();
}

// The sentences of a chart's steps are fragments: the chart is at the step whose sentence was shown last.
function followFragments(slide, how) {
  for (const chart of chartsIn(slide)) goToStep(chart, chart.root.querySelectorAll(".steps .fragment.visible").length, how);
}

// What was opened on a slide is closed when the deck moves on.
function closeAll(slide) {
  zoom("");
  for (const chart of chartsIn(slide)) {
    chart.details.close();
    chart.enlarge(false);
    chart.root.querySelector(".rows").open = false;
  }
}

// The keys that the focused thing itself uses; all others move the deck.
function keepsKey(event) {
  const at = event.target;
  if (!(at instanceof Element)) return false;
  if (at.closest("select, input, textarea")) return true;
  const press = event.key === "Enter" || event.key === " ";
  const moves = /^(Arrow|Home|End)/.test(event.key); // PageUp and PageDown are a presenter's
  if (at.closest("button, summary, a, label")) return press || (event.key === "Escape" && !!at.closest("details[open]"));
  if (at.closest(".walk")) return POINT_KEYS.has(keyOf(event));
  const box = at.closest(".table-box, .scrolls, pre");
  return !!box && (press || moves) && box.scrollHeight > box.clientHeight + 1;
}

// "#/2/1": column, slide. What follows "?" is the charts' view.
function goToHash() {
  const [place] = location.hash.replace(/^#\/?/, "").split("?");
  if (/^\d/.test(place)) {
    const [h, v, f] = place.split("/").map((n) => parseInt(n, 10) || 0);
    Reveal.slide(h, v, f || undefined);
  } else if (place) {
    const slide = document.getElementById(decodeURIComponent(place))?.closest("section");
    if (slide) Reveal.slide(...Object.values(Reveal.getIndices(slide)).slice(0, 2));
  }
  return showView();
}

function writeHash() {
  const { h, v } = Reveal.getIndices();
  history.replaceState(null, "", `#/${h}${v ? `/${v}` : ""}${viewText()}`);
}

// Tab and pointer reach what is on the slide in sight, and nothing on the slides that wait beside it.
function reachOnly(slide) {
  for (const other of document.querySelectorAll(".slides section:not(.stack)")) other.inert = !!slide && other !== slide;
}

// Every slide under the other, every chart drawn.
function layOut() {
  reachOnly(null);
  if (!printing) document.documentElement.classList.add("paper");
  drawAll();
}

// Printed without ?print-pdf; "?paper" shows the same on the screen.
function bindPrint() {
  addEventListener("beforeprint", layOut);
  addEventListener("afterprint", () => {
    document.documentElement.classList.remove("paper");
    reachOnly(Reveal.getCurrentSlide());
  });
}

// Escape closes an open table, and leaves a form's control, whose keys are its own, so that the keys move the deck again.
function leaveOnEscape(event) {
  if (event.key !== "Escape") return;
  const open = event.target.closest?.("details.rows[open]");
  if (!open) {
    if (event.target.matches?.("input, select, textarea")) {
      event.target.blur();
      event.stopPropagation();
    }
    return;
  }
  open.open = false;
  open.querySelector("summary").focus();
  event.stopPropagation();
}

// The chart that has the focus, else the first chart of the slide.
function enlargeHere() {
  const here = chartsIn(Reveal.getCurrentSlide());
  const chart = here.find(({ root }) => root.contains(document.activeElement)) ?? here[0];
  const large = here.find(({ root }) => root.classList.contains("enlarged"));
  if (large) large.enlarge(false);
  else chart.enlarge(true);
}

// What was focused by Tab keeps its arrow keys. After a click they move the deck, and never change the answer.
const PRESENTER = { PageDown: "next", ArrowRight: "next", ArrowDown: "next", PageUp: "prev", ArrowLeft: "prev", ArrowUp: "prev", ".": "togglePause", b: "togglePause" };
const CHOICES = "select, input[type=radio], input[type=checkbox], input[type=range]";
let clicked = false;

// A slide with more than fits scrolls by key; at its end the key moves the deck.
function scrollHere(key) {
  const body = Reveal.getCurrentSlide().querySelector(":scope > .slide-body.scrolls");
  if (!body || ![document.body, body].includes(document.activeElement)) return null;
  const end = body.scrollHeight - body.clientHeight;
  const to = { ArrowDown: body.scrollTop + 120, ArrowUp: body.scrollTop - 120, Home: 0, End: end }[key];
  if (to === undefined || (to > body.scrollTop ? body.scrollTop >= end - 1 : body.scrollTop <= 0)) return null;
  return () => { body.scrollTop = to; };
}

// Alt and a click show that place twice as large; the next one, Escape or the next slide show all again.
function zoom(at) {
  const { style } = document.querySelector("main");
  style.transformOrigin = at && `${at.clientX}px ${at.clientY}px`;
  style.transform = at && "scale(2)";
}

function isZoomed() {
  return document.querySelector("main").style.transform !== "";
}

function bindPointer() {
  addEventListener("pointerdown", () => { clicked = true; }, true);
  addEventListener("keydown", ({ key }) => { if (key === "Tab") clicked = false; }, true);
  const onAltClick = (event) => {
    if (!event.altKey || Reveal.isOverview()) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.type === "click") zoom(isZoomed() ? "" : event);
  };
  addEventListener("mousedown", onAltClick, true);
  addEventListener("click", onAltClick, true);
}

// All slides in rows, as many as the window has room for.
function layOutOverview() {
  document.documentElement.style.setProperty("--tile", innerWidth / 1280 / 5.6);
  Reveal.getCurrentSlide().scrollIntoView({ block: "nearest" });
}

function presenterKeys(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const help = document.getElementById("deck:help");
  const typing = event.target.matches?.("textarea, select, input:not([type=radio]):not([type=checkbox]):not([type=range])");
  let act = null;
  if (help.open) act = () => help.close();
  else if (Reveal.isPaused() && /^(Escape|Enter| |Arrow|Page)/.test(event.key)) act = () => Reveal.togglePause(false);
  else if (event.key === "?" && !typing) act = () => help.showModal();
  else if (keyOf(event) === "e" && !typing && chartsIn(Reveal.getCurrentSlide()).length) act = enlargeHere;
  else if (event.key === "Escape" && isZoomed()) act = () => zoom("");
  else if (event.target.matches?.(CHOICES) && PRESENTER[event.key] && (clicked || !event.key.startsWith("Arrow"))) {
    act = () => Reveal[PRESENTER[event.key]]();
  } else if (!Reveal.isOverview()) act = scrollHere(event.key);
  if (!act) return;
  event.preventDefault();
  event.stopPropagation();
  act();
}

// reveal.js reads a whole slide out, with what is folded away: an answer would be heard before its question.
function announceTitles() {
  const status = document.querySelector(".aria-status");
  status.removeAttribute("aria-live");
  status.setAttribute("aria-hidden", "true");
  const ours = document.getElementById("deck:announcer");
  const announce = (slide) => {
    ours.textContent = `Slide ${Reveal.getSlidePastCount() + 1} of ${Reveal.getTotalSlides()}: ${titleOf(slide)}`;
  };
  Reveal.on("slidechanged", ({ currentSlide }) => announce(currentSlide));
}

async function startDeck() {
  findCharts();
  Reveal.on("pdf-ready", () => withPlotly().then(drawAll));
  Reveal.on("slidechanged", ({ currentSlide, previousSlide }) => {
    closeAll(previousSlide);
    reachOnly(Reveal.isOverview() ? null : currentSlide);
    followFragments(currentSlide, { quiet: true });
    showSlide(currentSlide);
    writeHash();
  });
  for (const change of ["fragmentshown", "fragmenthidden"]) {
    Reveal.on(change, () => !printing && followFragments(Reveal.getCurrentSlide()));
  }
  await typefaceLoaded(); // each slide's size of text is chosen by measuring it
  await Reveal.initialize({
    width: 1280, height: 720, margin: 0, minScale: 0.05, maxScale: 10, center: false, transition: "none",
    backgroundTransition: "none", slideNumber: "c/t", postMessage: false, controlsTutorial: false, hash: false, view: null, help: false,
    scrollActivationWidth: null, pdfSeparateFragments: false, pdfMaxPagesPerSlide: 1,
    keyboardCondition: (event) => !keepsKey(event),
  });
  document.querySelector(".reveal").removeAttribute("role"); // "application" would take a screen reader's own keys away
  announceTitles();
  document.addEventListener("keydown", presenterKeys, true);
  document.addEventListener("keydown", leaveOnEscape, true);
  document.addEventListener("chartchange", writeHash);
  addEventListener("hashchange", goToHash);
  bindPrint();
  bindSpeaker();
  if (printing) return;
  if (/[?&]paper\b/.test(location.search)) return withPlotly().then(layOut);
  bindPointer();
  Reveal.on("overviewshown", () => {
    zoom("");
    reachOnly(null);
    layOutOverview();
  });
  Reveal.on("slidechanged", () => Reveal.isOverview() && layOutOverview());
  Reveal.on("overviewhidden", () => reachOnly(Reveal.getCurrentSlide()));
  await goToHash();
  reachOnly(Reveal.getCurrentSlide());
  showSlide(Reveal.getCurrentSlide());
}

startDeck();
/* more */
