// The minutes that a lesson plans for its parts.

import { say } from "./say.js";

// The part of the lesson that a slide belongs to, its own minutes, and the class that it belongs to. `end` is the minute in
// which the part ends, `begin` and `bell` are those in which the class begins and ends.
function planAt(slide) {
  const all = Reveal.getSlides();
  const plan = { part: "", minutes: 0, end: 0, name: "", begin: 0, bell: 0 };
  for (const [number, one] of all.entries()) {
    const minutes = Number(one.dataset.minutes ?? 0);
    const isLater = number > all.indexOf(slide);
    if (one.dataset.class) {
      if (isLater) break; // the next class, perhaps on another day
      Object.assign(plan, { name: one.dataset.class, begin: plan.bell });
    }
    plan.bell += minutes;
    if (isLater) continue;
    plan.end = plan.bell;
    if (one.dataset.part) Object.assign(plan, { part: one.dataset.part, minutes });
  }
  return plan;
}

export const beginOfClass = (slide) => planAt(slide).begin;

// `seconds` since the clock was started, in the class that begins in the minute `from`.
export function leftText(seconds, from = 0) {
  const { part, minutes, end, name, bell } = planAt(Reveal.getCurrentSlide());
  if (!bell) return "";
  const left = (planned) => Math.ceil(planned - from - seconds / 60);
  const phrase = (count, of) => (count < 0 ? say("minutes_over", { count: -count, part: of }) : say("minutes_left", { count, part: of }));
  // A part that begins before its time has its own minutes, and the others are said to be saved.
  const saved = Math.max(0, left(end) - minutes);
  const inPart = phrase(left(end) - saved, say("part", { name: part })) + (saved ? say("minutes_saved", { count: saved }) : "");
  return `${inPart}; ${phrase(left(bell), name ? say("part", { name }) : say("class"))}`;
}
