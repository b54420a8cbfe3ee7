import { titleOf } from "./slides.js";

// reveal.js reads a whole slide out, with what is folded away: an answer would be heard before its question.
export function announceTitles() {
  const status = document.querySelector(".aria-status");
  status.removeAttribute("aria-live");
  status.setAttribute("aria-hidden", "true");
  const ours = document.getElementById("deck:announcer");
  const announce = (slide) => {
    ours.textContent = `Slide ${Reveal.getSlidePastCount() + 1} of ${Reveal.getTotalSlides()}: ${titleOf(slide)}`;
  };
  Reveal.on("slidechanged", ({ currentSlide }) => announce(currentSlide));
}
