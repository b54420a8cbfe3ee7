// Runs in the head of a deck, before the slides. Until reveal.js has started, the deck shows nothing but its cover, and that
// only where no other slide is addressed: the slides are laid out once, and not before as one long document. Without scripts
// the long document is what a reader sees.

const page = document.documentElement;
page.classList.add("starting");
for (const weight of [400, 600]) document.fonts.load(`${weight} 16px "Deck Sans"`);
if (location.hash.length < 2 && !location.search) {
  page.classList.add("at-first");
  page.style.setProperty("--scale", Math.min(innerWidth / 1280, innerHeight / 720));
}
