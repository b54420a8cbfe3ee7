// Code it yourself: passages one at a time, then, where the file has our codes, how far the reader's agree with them.

import { decisions, nominalAlpha } from "./alpha.js";
import { fill } from "../results/lines.js";
import { askName, copy } from "../results/results.js";
import { keep, recallAnswer } from "../results/store.js";

const sameTopics = (a, b) => a.length === b.length && a.every((topic) => b.includes(topic));

class CodingForm {
  constructor(root) {
    this.root = root;
    const { topics, names, compare, texts } = JSON.parse(root.querySelector(":scope > script").textContent);
    Object.assign(this, { topics, names, texts, ours: compare, at: 0 });
    this.forms = [...root.querySelectorAll(".work fieldset")];
    this.actions = {
      back: () => this.show(this.at - 1),
      next: () => this.show(this.at + 1),
      finish: () => this.finish(),
      return: () => this.turn(false),
      copy: () => copy(this.find("textarea"), this.find(".copied"), this.texts),
    };
    root.classList.add("live");
    root.addEventListener("click", (event) => this.actions[event.target.closest("[data-do]")?.dataset.do]?.());
    root.querySelector(".work").addEventListener("change", () => this.changed());
    this.find(".book").addEventListener("keydown", (event) => this.closeBook(event));
    this.restore();
    askName(this.find(".csv"), (name) => this.write(name));
    this.show(0, false);
    this.count();
  }

  find(selector) {
    return this.root.querySelector(selector);
  }

  show(at, focus = true) {
    this.at = Math.min(this.forms.length - 1, Math.max(0, at));
    this.forms.forEach((form, number) => { form.hidden = number !== this.at; });
    this.find("[data-do=back]").disabled = this.at === 0;
    this.find("[data-do=next]").disabled = this.at === this.forms.length - 1;
    if (focus) this.forms[this.at].querySelector("input").focus({ preventScroll: true });
  }

  closeBook(event) {
    const book = this.find(".book");
    if (event.key !== "Escape" || !book.open) return;
    event.stopPropagation(); // in a deck, Escape shows all slides
    book.open = false;
    book.querySelector("summary").focus();
  }

  // For each passage the numbers of its ticked topics; none where nothing is ticked, which counts as not coded.
  codes() {
    return this.forms.map((form) => [...form.querySelectorAll("input:checked")].map((input) => Number(input.value)));
  }

  changed() {
    this.count();
    this.write();
    keep(this.root.id, JSON.stringify(this.codes()));
  }

  restore() {
    let kept;
    try {
      kept = JSON.parse(recallAnswer(this.root.id) || "[]");
    } catch {
      return;
    }
    if (!Array.isArray(kept) || kept.length !== this.forms.length) return;
    kept.forEach((chosen, at) => {
      for (const input of this.forms[at].querySelectorAll("input")) input.checked = [].concat(chosen).includes(Number(input.value));
    });
  }

  count() {
    const coded = this.codes().filter((chosen) => chosen.length).length;
    this.find(".count").textContent = fill(this.texts.count, { coded, all: this.forms.length });
  }

  turn(toOutcome) {
    this.find(".work").hidden = toOutcome;
    this.find(".outcome").hidden = !toOutcome;
    (toOutcome ? this.find(".outcome") : this.forms[this.at].querySelector("input")).focus({ preventScroll: true });
  }

  finish() {
    const mine = this.codes();
    const done = mine.flatMap((chosen, at) => (chosen.length ? [at] : []));
    if (done.length < 2) {
      this.find(".count").textContent = this.texts.too_few;
      return;
    }
    this.turn(true);
    this.find(".summary").textContent = this.summary(done, mine);
    if (this.ours) {
      const differ = done.filter((at) => !sameTopics(mine[at], this.ours[at]));
      this.find(".differences").replaceChildren(this.differences(differ, mine));
    } else {
      this.find(".csv").open = true; // there is nothing else to do here
    }
  }

  summary(done, mine) {
    const coded = { coded: done.length, all: this.forms.length };
    if (!this.ours) return fill(this.texts.summary_class, coded);
    const coders = [mine, this.ours].map((codes) => decisions(done.map((at) => codes[at]), this.topics.length));
    return fill(this.texts.summary, {
      ...coded,
      same: done.filter((at) => sameTopics(mine[at], this.ours[at])).length,
      alike: coders[0].filter((value, unit) => value === coders[1][unit]).length,
      decisions: coders[0].length,
      alpha: nominalAlpha(coders).toFixed(2),
    });
  }

  differences(where, mine) {
    if (!where.length) return document.createTextNode(this.texts.nowhere);
    const box = document.createElement("div");
    Object.assign(box, { className: "table-box", tabIndex: 0 });
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", this.texts.differ);
    const table = box.appendChild(document.createElement("table"));
    table.createCaption().textContent = this.texts.differ;
    const head = table.createTHead().insertRow();
    for (const name of this.texts.heads) {
      head.appendChild(Object.assign(document.createElement("th"), { scope: "col", textContent: name }));
    }
    const body = table.createTBody();
    for (const at of where) this.difference(body.insertRow(), at, mine[at], this.ours[at]);
    return box;
  }

  difference(row, at, mine, ours) {
    const gist = this.forms[at].querySelector(".gist").textContent;
    row.appendChild(Object.assign(document.createElement("th"), { scope: "row", textContent: gist }));
    const only = (a, b) => a.filter((topic) => !b.includes(topic));
    for (const found of [only(mine, ours), only(ours, mine), mine.filter((topic) => ours.includes(topic))]) {
      row.insertCell().textContent = found.map((topic) => this.names[topic]).join(", ");
    }
  }

  // What a class pools: a line for each passage. helpers.pooled_codings reads it.
  write(name = this.name) {
    this.name = name;
    const coder = /[",;\s]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
    const lines = this.codes().flatMap((chosen, at) =>
      chosen.length ? [`${coder},${this.forms[at].dataset.passage},${chosen.map((topic) => this.topics[topic]).join(" ")}`] : []);
    this.find("textarea").value = ["coder,passage,topics", ...lines, ""].join("\n");
  }
}

for (const root of document.querySelectorAll("[data-form=coding]")) new CodingForm(root);
