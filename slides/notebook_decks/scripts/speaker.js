// The speaker's window: notes, pictures of this slide and the next, minutes left. It holds no script of its own; this page keeps it up to date.

import { beginOfClass, leftText } from "./minutes.js";
import { notesOf, printNotes, readNotes } from "./notes.js";
import { language, say } from "./say.js";
import { drawPicture } from "./slide_picture.js";
import { nextSlide, titleOf } from "./slides.js";

const DRAWN = 1200; // ms after which a chart has been drawn

let speaker = null;
let startedAt = 0;
let startedIn = 0; // the minute of the plan in which the class began whose clock runs

function startClock() {
  startedAt = Date.now();
  startedIn = beginOfClass(Reveal.getCurrentSlide());
}

function openSpeaker() {
  if (speaker && !speaker.closed) return speaker.focus();
  speaker = window.open("", "speaker", "width=1000,height=780");
  if (!speaker) return alert(say("blocked"));
  if (!startedAt) startClock();
  const page = speaker.document;
  page.title = say("speaker", { title: document.title });
  page.documentElement.lang = document.documentElement.lang;
  page.body.replaceChildren(document.getElementById("deck:speaker").content.cloneNode(true));
  page.getElementById("back").onclick = () => Reveal.prev();
  page.getElementById("on").onclick = () => Reveal.next();
  page.getElementById("print").onclick = printNotes;
  const file = page.getElementById("notes-file");
  if (file) file.onchange = () => showNotesOf(file.files[0]);
  page.getElementById("restart").onclick = () => { startClock(); tick(); };
  page.onkeydown = (event) => {
    if (["ArrowRight", "PageDown", "ArrowDown", "n"].includes(event.key)) Reveal.next();
    else if (["ArrowLeft", "PageUp", "ArrowUp", "p"].includes(event.key)) Reveal.prev();
    else return;
    event.preventDefault();
  };
  page.defaultView.onresize = fillPictures;
  fillSpeaker();
  tick();
}

function fillSpeaker() {
  if (!speaker || speaker.closed) return;
  const page = speaker.document;
  const slide = Reveal.getCurrentSlide();
  const put = (id, text) => { page.getElementById(id).textContent = text; };
  put("place", say("slide", { number: Reveal.getSlidePastCount() + 1, all: Reveal.getTotalSlides() }));
  put("now", titleOf(slide));
  const count = slide.querySelectorAll(".fragment:not(.visible)").length;
  const title = titleOf(nextSlide());
  put("next", count ? say("more_here", { count, title }) : title);
  const notes = notesOf(slide);
  page.getElementById("notes").replaceChildren(...(notes.some((n) => n.textContent.trim()) ? notes : [say("no_notes")]));
  fillPictures();
  setTimeout(fillPictures, DRAWN);
}

function fillPictures() {
  if (!speaker || speaker.closed) return;
  drawPicture(Reveal.getCurrentSlide(), speaker.document.getElementById("picture-now"));
  drawPicture(nextSlide(), speaker.document.getElementById("picture-next"));
}

async function showNotesOf(file) {
  if (!file) return;
  const fits = await readNotes(file);
  speaker.document.getElementById("notes-read").textContent = say(fits ? "notes_shown" : "other_notes");
  fillSpeaker();
}

function tick() {
  if (!speaker || speaker.closed) return;
  const seconds = Math.floor((Date.now() - startedAt) / 1000);
  const two = (n) => String(n).padStart(2, "0");
  speaker.document.getElementById("timer").textContent = `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
  speaker.document.getElementById("left").textContent = leftText(seconds, startedIn);
  speaker.document.getElementById("clock").textContent = new Date().toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}

export function bindSpeaker() {
  Reveal.addKeyBinding(83, openSpeaker);
  for (const event of ["slidechanged", "fragmentshown", "fragmenthidden"]) Reveal.on(event, () => { fillSpeaker(); tick(); });
  setInterval(tick, 1000);
  addEventListener("pagehide", () => speaker?.close());
}
