// The minutes that a lesson plans for its parts.

import { say } from "./say.js";

// The part of the lesson that a slide belongs to, its own minutes, the minutes up to its end, and those of all parts.
function planAt(slide) {
  const all = Reveal.getSlides();
  const plan = { part: "", minutes: 0, end: 0, total: 0 };
  all.forEach((one, number) => {
    const minutes = Number(one.dataset.minutes ?? 0);
    plan.total += minutes;
    if (number > all.indexOf(slide)) return;
    plan.end += minutes;
    if (one.dataset.part) Object.assign(plan, { part: one.dataset.part, minutes });
  });
  return plan;
}

export function leftText(seconds) {
  const { part, minutes, end, total } = planAt(Reveal.getCurrentSlide());
  if (!total) return "";
  const left = (planned) => Math.ceil(planned - seconds / 60);
  const phrase = (count, of) => (count < 0 ? say("minutes_over", { count: -count, part: of }) : say("minutes_left", { count, part: of }));
  // A part that begins before its time has its own minutes, and the others are said to be saved.
  const saved = Math.max(0, left(end) - minutes);
  const inPart = phrase(left(end) - saved, say("part", { name: part })) + (saved ? say("minutes_saved", { count: saved }) : "");
  return `${inPart}; ${phrase(left(total), say("class"))}`;
}
