// What the forms of a lesson share: one line to hand in, and how the class answered. Nothing leaves the file: lines are
// copied and pasted by hand.

import { otherViews, showView } from "notebook-decks/address.js";
import { aboutLines, plainName, readLines, writeLine } from "./lines.js";
import { keep, recall } from "./store.js";

const forms = new Map(); // question -> { answer(): text or "", tally(answers) }

function show(text) {
  const found = readLines(text, forms);
  for (const [question, form] of forms) {
    const given = [...(found.answers.get(question)?.values() ?? [])];
    form.tally(given);
    const said = form.root.querySelector(".counted");
    if (said) said.textContent = text.trim() ? aboutLines(form.texts, found, given.length) : "";
  }
}

export function refresh() {
  const answers = [...forms].map(([question, form]) => [question, form.answer()]).filter(([, answer]) => answer);
  for (const { root } of forms.values()) {
    const area = root.querySelector(".hand-in .line");
    if (area) area.value = writeLine(recall("name"), answers);
  }
}

export async function copy(area, said, texts) {
  area.focus();
  area.select();
  const copied = await navigator.clipboard?.writeText(area.value).then(() => true, () => false);
  said.textContent = copied || document.execCommand("copy") ? texts.copied : texts.marked;
}

// A form takes part: `answer` gives what was answered in words, `tally` draws a list of such answers.
export function takePart(root, { answer, tally }) {
  const question = root.id.replace(/^chart:/, "");
  const texts = JSON.parse(root.querySelector(":scope > .shared-texts").textContent);
  forms.set(question, { root, answer, tally, texts });
  const name = root.querySelector(".hand-in .coder");
  if (name) {
    name.value = recall("name");
    name.addEventListener("input", () => {
      keep("name", name.value);
      for (const other of document.querySelectorAll(".hand-in .coder")) if (other !== name) other.value = name.value;
      refresh();
    });
    root.querySelector("[data-do=copy-line]").addEventListener("click", () => {
      const said = root.querySelector(".copied");
      if (![...forms.values()].some((form) => form.answer())) return (said.textContent = texts.unanswered);
      if (plainName(name.value)) return copy(root.querySelector(".line"), said, texts);
      said.textContent = texts.nameless;
      return name.focus();
    });
  }
  const pasted = root.querySelector(".class-results .pasted");
  pasted?.addEventListener("input", () => {
    for (const other of document.querySelectorAll(".class-results .pasted")) other.value = pasted.value;
    keep("lines", pasted.value);
    show(pasted.value);
  });
  if (pasted) pasted.value = recall("lines");
}

// Make the forms of a kind work. Their states are in the address, at which the page looked before they were there.
export function startForms(kind, Form) {
  for (const root of document.querySelectorAll(`[data-form=${kind}]`)) {
    const form = new Form(root);
    otherViews.set(root.id, { text: () => form.text(), show: (text) => form.show(text) });
  }
  showView();
}

// After the scripts of all forms.
function start() {
  refresh();
  if (recall("lines")) show(recall("lines"));
}
setTimeout(start);
