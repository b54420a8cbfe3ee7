import { reachOnly } from "./slides.js";
import { zoom } from "./zoom.js";

// All slides in rows, as many as the window has room for.
export function bindOverview() {
  Reveal.on("overviewshown", () => {
    zoom("");
    reachOnly(null);
    layOut();
  });
  Reveal.on("slidechanged", () => Reveal.isOverview() && layOut());
  Reveal.on("overviewhidden", () => reachOnly(Reveal.getCurrentSlide()));
}

function layOut() {
  document.documentElement.style.setProperty("--tile", innerWidth / 1280 / 5.6);
  Reveal.getCurrentSlide().scrollIntoView({ block: "nearest" });
}
