// Code it yourself: passages one at a time, then how far the reader's codes agree with ours. Nothing is kept or sent.

// Krippendorff's alpha for nominal data. `coders`: one list of values a coder, all of one length; null where a coder gave
// none. NaN where nothing can be said: no unit with two values, or only one value in all of them.
function nominalAlpha(coders) {
  const totals = new Map();
  let pairs = 0, same = 0;
  const units = coders[0]?.length ?? 0;
  for (let unit = 0; unit < units; unit++) {
    const values = coders.map((coder) => coder[unit]).filter((value) => value !== null && value !== undefined);
    if (values.length < 2) continue;
    const counts = new Map();
    for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
    for (const [value, count] of counts) {
      totals.set(value, (totals.get(value) ?? 0) + count);
      same += (count * (count - 1)) / (values.length - 1);
    }
    pairs += values.length;
  }
  const expected = [...totals.values()].reduce((sum, count) => sum + count * (pairs - count), 0);
  return expected ? 1 - ((pairs - 1) * (pairs - same)) / expected : NaN;
}

// One decision a passage and topic, 1 or 0, of passages given as numbers whose bits are topics.
function decisions(passages, topics) {
  return passages.flatMap((bits) => Array.from({ length: topics }, (_, at) => (bits >> at) & 1));
}

function nameTopics(bits, names) {
  return names.filter((_, at) => (bits >> at) & 1).join(", ");
}

class CodingForm {
  constructor(root) {
    this.root = root;
    const { topics, names, compare } = JSON.parse(root.querySelector(":scope > script").textContent);
    Object.assign(this, { topics, names, ours: compare, at: 0 });
    this.forms = [...root.querySelectorAll(".work fieldset")];
    this.actions = {
      back: () => this.show(this.at - 1),
      on: () => this.show(this.at + 1),
      compare: () => this.compare(),
      return: () => this.turn(false),
      copy: () => this.copy(),
    };
    root.classList.add("live");
    root.addEventListener("click", (event) => this.actions[event.target.closest("[data-do]")?.dataset.do]?.());
    root.addEventListener("change", () => this.count());
    this.find(".book").addEventListener("keydown", (event) => this.closeBook(event));
    this.find(".coder").addEventListener("input", () => this.write());
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
    this.find("[data-do=on]").disabled = this.at === this.forms.length - 1;
    if (focus) this.forms[this.at].querySelector("input").focus({ preventScroll: true });
  }

  closeBook(event) {
    const book = this.find(".book");
    if (event.key !== "Escape" || !book.open) return;
    event.stopPropagation(); // in a deck, Escape shows all slides
    book.open = false;
    book.querySelector("summary").focus();
  }

  // The reader's codes: a number a passage, a bit a topic; 0 where nothing is ticked, which counts as not coded.
  codes() {
    return this.forms.map((form) =>
      [...form.querySelectorAll("input:checked")].reduce((bits, input) => bits | (1 << Number(input.value)), 0));
  }

  count() {
    this.find(".count").textContent = `${this.codes().filter(Boolean).length} of ${this.forms.length} coded`;
  }

  turn(toOutcome) {
    this.find(".work").hidden = toOutcome;
    this.find(".outcome").hidden = !toOutcome;
    (toOutcome ? this.find(".outcome") : this.forms[this.at].querySelector("input")).focus({ preventScroll: true });
  }

  compare() {
    const mine = this.codes();
    const done = mine.flatMap((bits, at) => (bits ? [at] : []));
    if (done.length < 2) {
      this.find(".count").textContent = "Code at least two passages first.";
      return;
    }
    this.turn(true);
    this.find(".summary").textContent = this.summary(done, mine);
    this.find(".differences").replaceChildren(this.differences(done.filter((at) => mine[at] !== this.ours[at]), mine));
    this.write();
  }

  summary(done, mine) {
    const coders = [mine, this.ours].map((codes) => decisions(done.map((at) => codes[at]), this.topics.length));
    const same = done.filter((at) => mine[at] === this.ours[at]).length;
    const alike = coders[0].filter((value, unit) => value === coders[1][unit]).length;
    return `You coded ${done.length} of ${this.forms.length} passages. The very same topics as ours: ${same} of ${done.length} passages. ` +
      `The same yes or no: ${alike} of ${coders[0].length} decisions. Krippendorff's alpha: ${nominalAlpha(coders).toFixed(2)} ` +
      "(1 is full agreement, 0 is what chance would give).";
  }

  differences(where, mine) {
    if (!where.length) return document.createTextNode("You and we differ nowhere.");
    const box = document.createElement("div");
    Object.assign(box, { className: "table-box", tabIndex: 0 });
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", "Where you and we differ");
    const table = box.appendChild(document.createElement("table"));
    table.createCaption().textContent = "Where you and we differ. Neither is right because of who said it.";
    const head = table.createTHead().insertRow();
    for (const name of ["Passage", "Only you", "Only we", "Both"]) {
      head.appendChild(Object.assign(document.createElement("th"), { scope: "col", textContent: name }));
    }
    const body = table.createTBody();
    for (const at of where) this.difference(body.insertRow(), at, mine[at], this.ours[at]);
    return box;
  }

  difference(row, at, mine, ours) {
    const gist = this.forms[at].querySelector("legend").lastChild.textContent.trim();
    row.appendChild(Object.assign(document.createElement("th"), { scope: "row", textContent: gist }));
    for (const bits of [mine & ~ours, ours & ~mine, mine & ours]) row.insertCell().textContent = nameTopics(bits, this.names);
  }

  // What a class pools: a line a passage. helpers.pooled_codings reads it.
  write() {
    const quoted = (text) => (/[",;\s]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
    const coder = quoted(this.find(".coder").value.trim());
    const lines = this.codes().flatMap((bits, at) =>
      bits ? [`${coder},${this.forms[at].dataset.passage},${this.topics.filter((_, bit) => (bits >> bit) & 1).join(" ")}`] : []);
    this.find("textarea").value = ["coder,passage,topics", ...lines, ""].join("\n");
  }

  async copy() {
    const said = this.find(".copied");
    const name = this.find(".coder");
    if (!name.value.trim()) {
      said.textContent = "Write a name or initials first.";
      name.focus();
      return;
    }
    const area = this.find("textarea");
    area.focus();
    area.select();
    const copied = await navigator.clipboard?.writeText(area.value).then(() => true, () => false);
    said.textContent = copied || document.execCommand("copy") ? "Copied." : "Marked: press Ctrl+C (Cmd+C on a Mac) to copy.";
  }
}

document.querySelectorAll(".coding").forEach((root) => new CodingForm(root));
