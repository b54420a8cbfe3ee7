// The minutes that a lesson plans for its parts.

import { say } from "./say.js";

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

export function leftText(seconds) {
  const { part, end, total } = planAt(Reveal.getCurrentSlide());
  if (!total) return "";
  const left = (minutes) => Math.ceil(minutes - seconds / 60);
  const phrase = (count, of) => (count < 0 ? say("minutes_over", { count: -count, part: of }) : say("minutes_left", { count, part: of }));
  return `${phrase(left(end), say("part", { name: part }))}; ${phrase(left(total), say("class"))}`;
}
