// Tables that scroll in their box. A hint says what is out of sight, and a slide shows whole rows only: a row that is cut
// through by an edge of the box waits until there is room for it.

import { say } from "./say.js";
import { inDeck } from "./setting.js";

const EMPTY = "\u00a0"; // the hint keeps its height, so that rows are measured against the place it will have

export function bindTables() {
  document.querySelectorAll(".table-box").forEach(bindTable);
}

function bindTable(box) {
  const table = box.querySelector("table");
  const hint = Object.assign(document.createElement("p"), { className: "more", hidden: true, textContent: EMPTY });
  hint.setAttribute("aria-hidden", "true"); // a screen reader reads the whole table
  box.append(hint);
  const update = () => {
    if (!box.clientHeight) return; // out of sight: it is measured when it is shown
    box.style.scrollPaddingTop = `${table.tHead?.offsetHeight ?? 0}px`; // the head stays and covers what is behind it
    const scrolls = getComputedStyle(box).overflowY !== "visible";
    hint.hidden = !scrolls || (box.scrollHeight <= box.clientHeight + 1 && box.scrollWidth <= box.clientWidth + 1);
    const rows = [...table.tBodies].flatMap((body) => [...body.rows]).filter((row) => row.offsetHeight);
    const below = hint.hidden ? 0 : rowsBelow(box, rows, hint);
    const beside = box.scrollLeft + box.clientWidth < box.scrollWidth - 1;
    const parts = [below && say("rows_below", { count: below }), beside && say("columns_beside")];
    hint.textContent = parts.filter(Boolean).join("   ") || EMPTY;
  };
  box.addEventListener("scroll", update, { passive: true });
  addEventListener("beforeprint", update);
  new MutationObserver(update).observe(table, { childList: true, subtree: true }); // sorted
  const sized = new ResizeObserver(update);
  [box, table].forEach((part) => sized.observe(part));
}

function rowsBelow(box, rows, hint) {
  const head = box.querySelector("thead");
  const start = head ? head.getBoundingClientRect().bottom : box.getBoundingClientRect().top;
  const end = hint.getBoundingClientRect().top;
  const places = rows.map((row) => row.getBoundingClientRect());
  const whole = places.map(({ top, bottom }) => top >= start - 1 && bottom <= end + 1);
  const cuts = inDeck && whole.includes(true);
  rows.forEach((row, at) => row.classList.toggle("cut", cuts && !whole[at]));
  return places.filter(({ bottom }) => bottom > end + 1).length;
}
