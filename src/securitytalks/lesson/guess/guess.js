// A guess: set on the scale or chosen from a list; one button shows the answer with the distance in words.

import { inDeck, printing } from "notebook-decks/setting.js";
import { nearestPlace } from "../results/lines.js";
import { refresh, startForms, takePart } from "../results/results.js";
import { keep, recallAnswer } from "../results/store.js";

class GuessForm {
  constructor(root) {
    this.root = root;
    this.places = JSON.parse(root.querySelector(":scope > script:not(.shared-texts)").textContent);
    this.range = root.querySelector("input[type=range]");
    this.options = [...root.querySelectorAll(".list input")];
    this.fold = root.querySelector(".unveil");
    this.nothing = root.querySelector("output")?.textContent;
    this.at = null; // the place of the guess
    root.classList.add("live");
    if (this.range) {
      this.range.addEventListener("input", () => this.guess(Number(this.range.value)));
      // A click on the very place where the mark waits changes no value and fires no input.
      this.range.addEventListener("pointerup", () => this.guess(Number(this.range.value)));
      this.range.addEventListener("keydown", ({ key }) => {
        if (key === "Enter") this.guess(Number(this.range.value));
      });
    }
    for (const [at, option] of this.options.entries()) option.addEventListener("change", () => this.guess(at));
    this.fold.addEventListener("toggle", () => {
      this.draw();
      this.announce();
    });
    if (inDeck && !printing) this.followDeck();
    this.classCount = takePart(root, {
      answer: () => (this.at === null ? "" : this.places[this.at].words),
      place: (answer) => nearestPlace(answer, this.places),
      tally: (places) => this.tally(places),
    });
    const kept = recallAnswer(root.id);
    if (/^\d+$/.test(kept) && this.places[kept]) this.guess(Number(kept), false);
    this.draw();
  }

  // The next key shows the answer before it moves the deck, and the key back hides it, as with the steps of a chart.
  followDeck() {
    const step = this.root.querySelector(".fragment");
    const follow = () => {
      if (Reveal.getCurrentSlide().contains(step)) this.fold.open = step.classList.contains("visible");
    };
    for (const event of ["slidechanged", "fragmentshown", "fragmenthidden"]) Reveal.on(event, follow);
    this.fold.addEventListener("toggle", () => step.classList.toggle("visible", this.fold.open));
  }

  guess(at, byReader = true) {
    this.at = at;
    if (byReader) keep(this.root.id, String(at));
    this.draw();
    refresh();
    if (byReader) this.announce();
  }

  announce() {
    this.root.dispatchEvent(new CustomEvent("chartchange", { bubbles: true })); // the address follows
  }

  draw() {
    const { at, places, root, range } = this;
    const set = at !== null;
    root.classList.toggle("given", set);
    root.classList.toggle("answered", this.fold.open);
    this.fold.querySelector("summary").textContent = this.fold.open ? root.dataset.hide : root.dataset.show;
    root.querySelector(".distance").textContent = set && this.fold.open ? places[at].distance : "";
    if (range) {
      range.value = at ?? range.defaultValue; // the hollow mark waits there
      range.setAttribute("aria-valuetext", set ? places[at].words : this.nothing);
      root.querySelector("output").textContent = set ? places[at].words : this.nothing;
    }
    for (const [number, option] of this.options.entries()) option.checked = number === at;
  }

  // How the class answered: a dot for each student over the scale, a number beside each name of a list.
  tally(given) {
    for (const [at, option] of this.options.entries()) {
      option.parentElement.querySelector(".class-count").textContent = this.classCount(given, at);
    }
    const counts = this.places.map((_, at) => given.filter((one) => one === at).length);
    const box = this.root.querySelector(".class-marks");
    if (!box) return;
    const highest = Math.max(1, ...counts);
    box.replaceChildren(...this.places.flatMap(({ at }, place) => Array.from({ length: counts[place] }, (_, number) => {
      const dot = document.createElement("span");
      dot.style.setProperty("--at", at);
      dot.style.setProperty("--up", highest > 3 ? (number * 3) / highest : number);
      return dot;
    })));
  }

  // The state in the address: the place of the guess, and whether the answer is shown.
  text() {
    return `${this.at ?? ""}${this.fold.open ? "a" : ""}`;
  }

  show(text) {
    const place = parseInt(text, 10);
    this.at = this.places[place] ? place : null;
    this.fold.open = text.endsWith("a");
    this.draw();
    refresh();
  }
}

startForms("guess", GuessForm);
