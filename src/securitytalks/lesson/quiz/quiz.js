// A question with options: the feedback on the chosen option, where there is any, and how the class answered.

import { refresh, startForms, takePart } from "../results/results.js";
import { keep, recallAnswer } from "../results/store.js";

class QuizForm {
  constructor(root) {
    this.root = root;
    this.status = root.querySelector(".feedback");
    this.feedback = JSON.parse(root.querySelector(":scope > script:not(.shared-texts)").textContent);
    this.options = [...root.querySelectorAll("fieldset input")];
    root.querySelector("fieldset").addEventListener("change", () => {
      this.tell();
      keep(root.id, this.text());
      refresh();
      root.dispatchEvent(new CustomEvent("chartchange", { bubbles: true })); // the address follows
    });
    this.classCount = takePart(root, {
      answer: () => (this.text() ? this.letter(Number(this.text())) : ""),
      place: (answer) => this.options.findIndex((_, at) => answer.replace(/[.)]$/, "").toUpperCase() === this.letter(at)),
      tally: (places) => this.tally(places),
    });
    const kept = recallAnswer(root.id);
    if (this.options[kept]) this.show(kept);
  }

  letter(at) {
    return String.fromCharCode(65 + at);
  }

  tell() {
    if (this.status) this.status.textContent = this.feedback[this.text()] ?? "";
  }

  tally(given) {
    for (const [at, option] of this.options.entries()) {
      const bar = option.parentElement.querySelector(".class-count");
      bar.textContent = this.classCount(given, at);
      bar.style.setProperty("--share", given.filter((one) => one === at).length / given.length || 0);
    }
  }

  // The state in the address: the number of the chosen option.
  text() {
    return this.options.find((option) => option.checked)?.value ?? "";
  }

  show(text) {
    for (const option of this.options) option.checked = option.value === text;
    this.tell();
    refresh();
  }
}

startForms("quiz", QuizForm);
