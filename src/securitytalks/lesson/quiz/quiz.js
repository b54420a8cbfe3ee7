// A question with options: the right one with its reason, where the file has it, and how the class answered.

import { inDeck, printing } from "notebook-decks/setting.js";
import { fill } from "../results/lines.js";
import { refresh, startForms, takePart } from "../results/results.js";
import { keep, recallAnswer } from "../results/store.js";

class QuizForm {
  constructor(root) {
    this.root = root;
    this.status = root.querySelector(".feedback");
    this.feedback = JSON.parse(root.querySelector(":scope > script:not(.shared-texts)").textContent);
    this.options = [...root.querySelectorAll("fieldset input")];
    this.step = root.querySelector(".fragment");
    this.revealed = false; // whether the right option is shown
    this.number();
    root.querySelector("fieldset").addEventListener("change", () => {
      this.reveal(true);
      keep(root.id, this.chosen());
      refresh();
      this.follow();
    });
    if (this.step && inDeck && !printing) this.followDeck();
    this.classCount = takePart(root, {
      answer: () => (this.chosen() ? this.letter(Number(this.chosen())) : ""),
      place: (answer) => this.options.findIndex((_, at) => answer.replace(/[.):].*$/, "").trim().toUpperCase() === this.letter(at)),
      tally: (places) => this.tally(places),
    });
    const kept = recallAnswer(root.id);
    if (this.options[kept]) this.show(kept);
  }

  // The tickets of a file are counted in it, since each file has its own choice of them.
  number() {
    const all = [...document.querySelectorAll(".quiz.ticket")];
    const number = this.root.querySelector(".number");
    if (number && all.length > 1) number.textContent = fill(number.dataset.words, { n: all.indexOf(this.root) + 1, all: all.length });
  }

  // The next key shows the right option before it moves the deck, and the key back hides it, as with the answer of a guess.
  followDeck() {
    const follow = () => {
      if (!Reveal.getCurrentSlide().contains(this.step) || this.step.classList.contains("visible") === this.revealed) return;
      this.reveal(!this.revealed);
      this.follow();
    };
    for (const event of ["slidechanged", "fragmentshown", "fragmenthidden"]) Reveal.on(event, follow);
  }

  letter(at) {
    return String.fromCharCode(65 + at);
  }

  // Show the right option with the word on the chosen one, or hide both.
  reveal(revealed) {
    if (!this.status) return;
    this.revealed = revealed;
    const { right, answer } = this.status.dataset;
    this.status.textContent = revealed ? this.feedback[this.chosen()] ?? answer : "";
    for (const option of this.options) option.parentElement.classList.toggle("right", revealed && option.value === right);
    this.step?.classList.toggle("visible", revealed);
  }

  follow() {
    this.root.dispatchEvent(new CustomEvent("chartchange", { bubbles: true })); // the address follows
  }

  tally(given) {
    for (const [at, option] of this.options.entries()) {
      const bar = option.parentElement.querySelector(".class-count");
      bar.textContent = this.classCount(given, at);
      bar.style.setProperty("--share", given.filter((one) => one === at).length / given.length || 0);
    }
  }

  // The number of the chosen option.
  chosen() {
    return this.options.find((option) => option.checked)?.value ?? "";
  }

  // The state in the address: the chosen option, or that the right one is shown without a choice.
  text() {
    return this.chosen() || (this.revealed ? "a" : "");
  }

  show(text) {
    for (const option of this.options) option.checked = option.value === text;
    this.reveal(text !== "");
    refresh();
  }
}

startForms("quiz", QuizForm);
