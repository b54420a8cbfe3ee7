// The speaker's notes: those of this deck, or those of the teacher's deck, for a deck that has none of its own.

import { say } from "./say.js";
import { titleOf } from "./slides.js";

let foreignNotes = null; // by slide

export function notesOf(slide) {
  const own = foreignNotes ? [foreignNotes[Reveal.getSlides().indexOf(slide)]] : [...slide.querySelectorAll("aside.notes")];
  return own.flatMap((n) => [...(n?.cloneNode(true).childNodes ?? [])]);
}

// A class deck holds no notes. The teacher's deck, read from a file, has as many slides; only its notes are taken.
export async function readNotes(file) {
  const page = new DOMParser().parseFromString(await file.text(), "text/html");
  const notes = [...page.querySelectorAll(".slides section")].filter((s) => !s.querySelector("section")).map((s) => s.querySelector("aside.notes"));
  const fits = notes.length === Reveal.getSlides().length && notes.some(Boolean);
  if (fits) foreignNotes = notes;
  return fits;
}

export function printNotes() {
  const paper = window.open("", "notes");
  if (!paper) return;
  const page = paper.document;
  page.documentElement.lang = document.documentElement.lang;
  page.head.replaceChildren(document.getElementById("deck:speaker").content.querySelector("style").cloneNode(true));
  page.title = say("notes", { title: document.title });
  const heading = (kind, text) => Object.assign(page.createElement(kind), { textContent: text });
  const notes = Reveal.getSlides().flatMap((slide, number) => [heading("h2", `${number + 1}. ${titleOf(slide)}`), ...notesOf(slide)]);
  page.body.replaceChildren(heading("h1", page.title), ...notes);
  paper.print();
}
