// Alt and a click show that place twice as large; the next one, Escape or the next slide show all again.

export function zoom(at) {
  const { style } = document.querySelector("main");
  style.transformOrigin = at && `${at.clientX}px ${at.clientY}px`;
  style.transform = at && "scale(2)";
}

export function isZoomed() {
  return document.querySelector("main").style.transform !== "";
}

export function bindZoom() {
  const onAltClick = (event) => {
    if (!event.altKey || Reveal.isOverview()) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.type === "click") zoom(isZoomed() ? "" : event);
  };
  addEventListener("mousedown", onAltClick, true);
  addEventListener("click", onAltClick, true);
}
