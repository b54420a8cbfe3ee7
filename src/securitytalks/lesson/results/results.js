// What the forms of a lesson share: one line to hand in, and how the class answered. Nothing leaves the file: lines are
// copied and pasted by hand.

import { otherViews, showView } from "notebook-decks/address.js";
import { aboutLines, fill, nameLines, plainName, readLines, writeLine } from "./lines.js";
import { keep, recall } from "./store.js";

const forms = new Map(); // question -> { root, texts, answer(), place(answer), tally(places) }: see takePart

const named = []; // what follows the name of the student
let student = recall("name");

function show(text) {
  const found = readLines(text, forms);
  for (const [question, form] of forms) {
    const given = [...(found.answers.get(question)?.values() ?? [])];
    const places = given.map(form.place);
    const counted = places.filter((place) => place >= 0);
    form.tally(counted);
    const odd = given.filter((_, at) => places[at] < 0);
    const said = form.root.querySelector(".counted");
    if (said) said.textContent = text.trim() ? aboutLines(form.texts, { ...found, odd }, counted.length) : "";
  }
}

// Write the line of all answers into every form.
export function refresh() {
  const answers = [...forms].map(([question, form]) => [question, form.answer()]).filter(([, answer]) => answer);
  const line = writeLine(student, answers);
  for (const area of document.querySelectorAll(".hand-in .line")) area.value = line;
}

export async function copy(area, said, texts) {
  area.focus();
  area.select();
  const copied = await navigator.clipboard?.writeText(area.value).then(() => true, () => false);
  said.textContent = copied || document.execCommand("copy") ? texts.copied : texts.marked;
}

// What was written is copied under a name: until there is one, the text and its button are not shown. `write` gets the name.
export function askName(box, write = () => {}) {
  const field = box.querySelector(".coder");
  const follow = () => {
    if (field.value !== student) field.value = student;
    box.querySelector(".named").hidden = !plainName(student);
    write(plainName(student));
  };
  field.addEventListener("input", () => {
    student = field.value;
    keep("name", student);
    for (const one of named) one();
    refresh(); // once for all forms
  });
  named.push(follow);
  follow();
}

// A form takes part: `answer` gives what was answered in words, `place` the number of the option that an answer names, or
// -1, and `tally` draws a list of such numbers. What comes back writes a count of the class, where the class answered.
export function takePart(root, form) {
  const question = root.id.replace(/^chart:/, "");
  const texts = JSON.parse(root.querySelector(":scope > .shared-texts").textContent);
  forms.set(question, { root, texts, ...form });
  const handIn = root.querySelector(".hand-in");
  if (handIn) {
    askName(handIn);
    handIn.querySelector("[data-do=copy-line]").addEventListener("click", () => {
      const said = handIn.querySelector(".copied");
      if ([...forms.values()].some((one) => one.answer())) copy(handIn.querySelector(".line"), said, texts);
      else said.textContent = texts.unanswered;
    });
  }
  const pasted = root.querySelector(".class-results .pasted");
  pasted?.addEventListener("input", () => {
    const lines = nameLines(pasted.value, question, form.place);
    for (const other of document.querySelectorAll(".class-results .pasted")) if (other !== pasted) other.value = lines;
    keep("lines", lines);
    show(lines);
  });
  // The names of the class are blurred unless someone writes there: the deck is on a projector.
  pasted?.addEventListener("paste", () => setTimeout(() => pasted.blur()));
  if (pasted) pasted.value = recall("lines");
  return (places, at) => (places.length ? fill(texts.class_count, { n: places.filter((one) => one === at).length }) : "");
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
