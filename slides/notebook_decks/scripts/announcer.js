import { say } from "./say.js";
import { titleOf } from "./slides.js";

// reveal.js reads a whole slide out, with what is folded away: an answer would be heard before its question.
export function announceTitles() {
  const status = document.querySelector(".aria-status");
  status.removeAttribute("aria-live");
  status.setAttribute("aria-hidden", "true");
  const ours = document.getElementById("deck:announcer");
  const announce = (slide) => {
    ours.textContent = say("announced", { number: Reveal.getSlidePastCount() + 1, all: Reveal.getTotalSlides(), title: titleOf(slide) });
  };
  Reveal.on("slidechanged", ({ currentSlide }) => announce(currentSlide));
  Reveal.on("fragmentshown", ({ fragments }) => {
    const said = fragments.filter((one) => !one.closest(".steps")).map(wordsOf); // a chart says its own steps
    if (said.length) ours.textContent = said.join(" ");
  });
}

// What a fragment shows, in words: of a chart its title; nothing of what is folded away.
function wordsOf(fragment) {
  const titles = [...fragment.querySelectorAll("figure.chart .finding")].map((one) => one.textContent);
  if (titles.length) return titles.join(". ");
  const copy = fragment.cloneNode(true);
  for (const silent of copy.querySelectorAll("details > :not(summary), script, noscript")) silent.remove();
  return copy.textContent.replace(/\s+/g, " ").trim();
}
