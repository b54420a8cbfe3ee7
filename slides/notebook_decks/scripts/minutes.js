// The minutes that a lesson plans for its parts.

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
  const say = (n, of) => (n < 0 ? `${-n} min over in ${of}` : `${n} min left in ${of}`);
  return `${say(left(end), `“${part}”`)}; ${say(left(total), "the class")}`;
}
