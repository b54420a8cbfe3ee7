// The address of a slide: "#/2/1" is column and slide; what follows "?" is the view of the charts and forms.

import { showView, viewText } from "./address.js";

export function goToHash() {
  const { hash } = location; // before the change of slide writes its own
  const [place] = hash.replace(/^#\/?/, "").split("?");
  if (/^\d/.test(place)) {
    const [h, v, f] = place.split("/").map((n) => parseInt(n, 10) || 0);
    Reveal.slide(h, v, f || undefined);
  } else if (place) {
    const slide = document.getElementById(decodeURIComponent(place))?.closest("section");
    if (slide) Reveal.slide(...Object.values(Reveal.getIndices(slide)).slice(0, 2));
  }
  return showView(hash);
}

export function writeHash() {
  const { h, v } = Reveal.getIndices();
  history.replaceState(null, "", `#/${h}${v ? `/${v}` : ""}${viewText()}`);
}
