// A small picture of a slide for the speaker's window: a copy of the slide under the deck's own style, scaled down.

const WIDTH = 1280, HEIGHT = 720; // of the stage
const WAIT = ".wait, .details, .keys, script, [aria-live]";

// Within a shadow root the style of the deck meets nothing of the window around it. Typefaces must stand outside of it.
function styleOf(page) {
  const text = [...document.querySelectorAll("style")].find((one) => one.textContent.includes("--paper:")).textContent;
  if (!page.getElementById("typefaces")) {
    const faces = page.head.appendChild(page.createElement("style"));
    faces.id = "typefaces";
    faces.textContent = (text.match(/@font-face\s*\{[^}]*\}/g) ?? []).join("\n");
  }
  return text.replace(/@font-face\s*\{[^}]*\}/g, "").replaceAll(":root", ":host");
}

export function drawPicture(slide, box) {
  const page = box.ownerDocument;
  if (!box.shadowRoot) {
    const root = box.attachShadow({ mode: "open" });
    root.appendChild(page.createElement("style")).textContent = `${styleOf(page)}
      :host { display: block; overflow: hidden; aspect-ratio: ${WIDTH} / ${HEIGHT}; color: var(--ink); font-family: var(--face); }
      .main-svg { position: absolute; inset: 0 auto auto 0; } /* as in the style that Plotly adds to its page */
      .deck { width: ${WIDTH}px; height: ${HEIGHT}px; transform-origin: 0 0; }`;
    const stage = root.appendChild(page.createElement("div"));
    stage.className = "deck reveal";
    stage.toggleAttribute("data-lesson", document.body.hasAttribute("data-lesson"));
  }
  const stage = box.shadowRoot.lastElementChild;
  const copy = slide?.querySelector(".slide-body")?.cloneNode(true);
  for (const part of copy?.querySelectorAll(WAIT) ?? []) part.remove();
  stage.replaceChildren(...(copy ? [copy] : []));
  stage.style.transform = `scale(${box.clientWidth / WIDTH})`;
}
