// The deck: reveal.js on a fixed stage, charts drawn when their slide is shown, everything inside the stage.

import { announceTitles } from "./announcer.js";
import { findCharts } from "./charts.js";
import { goToHash, writeHash } from "./deck_address.js";
import { bindKeys, keepsKey } from "./keys.js";
import { withPlotly } from "./library.js";
import { bindOverview } from "./overview.js";
import { bindPrint, layOut } from "./paper.js";
import { say } from "./say.js";
import { calm, printing } from "./setting.js";
import { closeAll, drawAll, followFragments, showSlide } from "./show_slide.js";
import { reachOnly } from "./slides.js";
import { bindSpeaker } from "./speaker.js";
import { bindTables } from "./tables.js";
import { afterPaint, typefaceLoaded } from "./timing.js";
import { bindZoom } from "./zoom.js";

async function startDeck() {
  const { classList, dataset } = document.documentElement;
  const { number, transition } = dataset; // nbconvert's settings
  const cover = classList.contains("at-first") && document.querySelector(".present > .layout-cover");
  if (cover && !document.hidden) await new Promise(afterPaint); // it is seen before the rest is made ready
  if (location.hash.length > 1) withPlotly(); // compiled while reveal.js starts, since a chart may be on the addressed slide
  findCharts();
  bindTables();
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
  classList.remove("starting", "at-first");
  await Reveal.initialize({
    width: 1280, height: 720, margin: 0, minScale: 0.05, maxScale: 10, center: false, transition: calm ? "none" : transition,
    backgroundTransition: "none", slideNumber: number, postMessage: false, controlsTutorial: false, hash: false, view: null, help: false,
    scrollActivationWidth: null, pdfSeparateFragments: false, pdfMaxPagesPerSlide: 1,
    keyboardCondition: (event) => !keepsKey(event),
  });
  document.querySelector(".reveal").removeAttribute("role"); // "application" would take a screen reader's own keys away
  nameControls();
  announceTitles();
  bindKeys();
  document.addEventListener("chartchange", writeHash);
  addEventListener("hashchange", goToHash);
  bindPrint();
  bindSpeaker();
  if (printing) return;
  if (/[?&]paper\b/.test(location.search)) return withPlotly().then(layOut);
  bindZoom();
  bindOverview();
  await goToHash();
  reachOnly(Reveal.getCurrentSlide());
  showSlide(Reveal.getCurrentSlide());
}

// reveal.js names its buttons in English.
function nameControls() {
  const names = { left: "previous_slide", right: "next_slide", up: "slide_above", down: "slide_below" };
  for (const [way, entry] of Object.entries(names)) document.querySelector(`.navigate-${way}`)?.setAttribute("aria-label", say(entry));
  const resume = document.querySelector(".resume-button");
  if (resume) resume.textContent = say("resume");
}

startDeck();
