// The slides of the deck.

import { charts } from "./charts.js";
import { say } from "./say.js";

const LONGEST = 80; // characters of a title that is the beginning of a text

export function titleOf(slide) {
  const heading = slide?.querySelector("h1, h2, h3, .finding")?.textContent.trim();
  if (heading) return heading;
  const text = slide?.textContent.trim().replace(/\s+/g, " ") ?? "";
  return text.length > LONGEST ? `${text.slice(0, LONGEST).replace(/\W*\s\S*$/, "")} …` : text || say("end");
}

export function nextSlide() {
  const all = Reveal.getSlides();
  return all[all.indexOf(Reveal.getCurrentSlide()) + 1];
}

export function chartsIn(slide) {
  return [...(slide?.querySelectorAll("figure[data-chart]") ?? [])].map((root) => charts.get(root.id)).filter(Boolean);
}

// Tab and pointer reach what is on the slide in sight, and nothing on the slides that wait beside it.
export function reachOnly(slide) {
  for (const other of document.querySelectorAll(".slides section:not(.stack)")) other.inert = !!slide && other !== slide;
}
