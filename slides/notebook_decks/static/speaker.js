// The speaker's window: notes, what comes next, minutes left. It holds no script of its own; this page keeps it up to date.

let speaker = null;
let startedAt = 0;
let foreignNotes = null; // of the teacher's deck, by slide, for a deck that has none of its own

function titleOf(slide) {
  return slide?.querySelector("h1, h2, h3, .finding")?.textContent.trim() || slide?.textContent.trim().slice(0, 60) || "The end";
}

function nextSlide() {
  const all = Reveal.getSlides();
  return all[all.indexOf(Reveal.getCurrentSlide()) + 1];
}

function openSpeaker() {
  if (speaker && !speaker.closed) return speaker.focus();
  speaker = window.open("", "speaker", "width=900,height=700");
  if (!speaker) return alert("The browser did not open the speaker's window. Allow pop-up windows for this file.");
  startedAt ||= Date.now();
  const page = speaker.document;
  page.title = `Speaker: ${document.title}`;
  page.documentElement.lang = document.documentElement.lang;
  page.body.replaceChildren(document.getElementById("deck:speaker").content.cloneNode(true));
  page.getElementById("back").onclick = () => Reveal.prev();
  page.getElementById("on").onclick = () => Reveal.next();
  page.getElementById("print").onclick = printNotes;
  const file = page.getElementById("notes-file");
  if (file) file.onchange = () => readNotes(file.files[0]);
  page.getElementById("restart").onclick = () => { startedAt = Date.now(); tick(); };
  page.onkeydown = (event) => {
    if (["ArrowRight", "PageDown", "ArrowDown", "n"].includes(event.key)) Reveal.next();
    else if (["ArrowLeft", "PageUp", "ArrowUp", "p"].includes(event.key)) Reveal.prev();
    else return;
    event.preventDefault();
  };
  fillSpeaker();
  tick();
}

function fillSpeaker() {
  if (!speaker || speaker.closed) return;
  const page = speaker.document;
  const slide = Reveal.getCurrentSlide();
  const put = (id, text) => { page.getElementById(id).textContent = text; };
  put("place", `Slide ${Reveal.getSlidePastCount() + 1} of ${Reveal.getTotalSlides()}`);
  put("now", titleOf(slide));
  const waiting = slide.querySelectorAll(".fragment:not(.visible)").length;
  put("next", waiting ? `${waiting} more on this slide, then: ${titleOf(nextSlide())}` : titleOf(nextSlide()));
  const notes = notesOf(slide);
  page.getElementById("notes").replaceChildren(...(notes.some((n) => n.textContent.trim()) ? notes : ["No notes for this slide."]));
}

function notesOf(slide) {
  const own = foreignNotes ? [foreignNotes[Reveal.getSlides().indexOf(slide)]] : [...slide.querySelectorAll("aside.notes")];
  return own.flatMap((n) => [...(n?.cloneNode(true).childNodes ?? [])]);
}

// A class deck holds no notes. The teacher's deck, read from a file, has as many slides; only its notes are taken.
async function readNotes(file) {
  if (!file) return;
  const page = new DOMParser().parseFromString(await file.text(), "text/html");
  const notes = [...page.querySelectorAll(".slides section")].filter((s) => !s.querySelector("section")).map((s) => s.querySelector("aside.notes"));
  const fits = notes.length === Reveal.getSlides().length && notes.some(Boolean);
  if (fits) foreignNotes = notes;
  speaker.document.getElementById("notes-read").textContent = fits ? "The notes are shown." : "This is not the teacher's file of this deck.";
  fillSpeaker();
}

function printNotes() {
  const paper = window.open("", "notes");
  if (!paper) return;
  const page = paper.document;
  page.title = `Notes: ${document.title}`;
  page.body.replaceChildren(...Reveal.getSlides().flatMap((slide, number) => {
    const heading = page.createElement("h2");
    heading.textContent = `${number + 1}. ${titleOf(slide)}`;
    return [heading, ...notesOf(slide)];
  }));
  paper.print();
}

// The part of the lesson that a slide belongs to, and the minutes up to its end and of all parts.
function planAt(slide) {
  const all = Reveal.getSlides();
  const plan = { part: "", end: 0, total: 0 };
  all.forEach((one, number) => {
    const minutes = Number(one.dataset.minutes ?? 0);
    plan.total += minutes;
    if (number > all.indexOf(slide)) return;
    plan.end += minutes;
    plan.part = one.dataset.part ?? plan.part;
  });
  return plan;
}

function leftText(seconds) {
  const { part, end, total } = planAt(Reveal.getCurrentSlide());
  if (!total) return "";
  const left = (minutes) => Math.ceil(minutes - seconds / 60);
  const say = (n, of) => (n < 0 ? `${-n} min over in ${of}` : `${n} min left in ${of}`);
  return `${say(left(end), `“${part}”`)}; ${say(left(total), "the class")}`;
}

function tick() {
  if (!speaker || speaker.closed) return;
  const seconds = Math.floor((Date.now() - startedAt) / 1000);
  const two = (n) => String(n).padStart(2, "0");
  speaker.document.getElementById("timer").textContent = `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
  speaker.document.getElementById("left").textContent = leftText(seconds);
  speaker.document.getElementById("clock").textContent = new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
}

function bindSpeaker() {
  Reveal.addKeyBinding({ keyCode: 83, key: "S", description: "Open the speaker's window" }, openSpeaker);
  for (const event of ["slidechanged", "fragmentshown", "fragmenthidden"]) Reveal.on(event, () => { fillSpeaker(); tick(); });
  setInterval(tick, 1000);
  addEventListener("pagehide", () => speaker?.close());
}
