import { fit } from "notebook-decks/fit.js";
import { keepsKey } from "notebook-decks/keys.js";
import { beginOfClass, leftText } from "notebook-decks/minutes.js";
import { titleOf } from "notebook-decks/slides.js";
import { element, equal, test } from "./kit.js";

const key = (target, name) => keepsKey({ target, key: name });

test("a slide is named by its heading, else by its first words", () => {
  equal(titleOf(element("<section><p>a</p><h2> Two </h2></section>")), "Two");
  equal(titleOf(element("<section><p>Only\nwords</p></section>")), "Only words");
  equal(titleOf(element(`<section><p>${"Nobody counts. ".repeat(9)}</p></section>`)), `${"Nobody counts. ".repeat(4)}Nobody counts …`);
  equal(titleOf(undefined), "The end");
});

test("words that do not fit become smaller, and then the slide scrolls", () => {
  const slide = (height) => element(`<section><div class="slide-body" style="height: 200px; overflow: hidden">
    <div style="height: calc(${height}px * var(--fit))"></div></div></section>`);
  const [small, large, huge] = [slide(100), slide(220), slide(900)].map((one) => { fit(one); return one.querySelector(".slide-body"); });
  equal([small, large, huge].map((body) => body.style.getPropertyValue("--fit")), ["1", "0.86", "0.72"]);
  equal([small, large, huge].map((body) => body.classList.contains("scrolls")), [false, false, true]);
  equal(huge.tabIndex, 0);
});

test("a control keeps the keys that it uses, and the deck has the others", () => {
  const [list, button, walk, text] = ["<select></select>", "<button></button>", '<div class="walk"></div>', "<p></p>"].map(element);
  equal([key(list, "ArrowDown"), key(button, "Enter"), key(walk, "H"), key(walk, "ArrowRight")], [true, true, true, true]);
  equal([key(button, "ArrowRight"), key(walk, "PageDown"), key(text, " ")], [false, false, false]);
});

function planned(plan) {
  const slide = element("<section></section>");
  Object.assign(slide.dataset, plan);
  return slide;
}

test("the minutes left are those of the part and of the class", () => {
  const slides = [["Start", 5], ["Middle", 10], [null, 0]].map(([part, minutes]) => planned(part && { part, minutes }));
  window.Reveal = { getSlides: () => slides, getCurrentSlide: () => slides[1] };
  equal(leftText(5 * 60), "10 min left in “Middle”; 10 min left in the class");
  equal(leftText(120), "10 min left in “Middle”, 3 min ahead of the plan; 13 min left in the class");
  equal(leftText(14 * 60), "1 min left in “Middle”; 1 min left in the class");
  equal(leftText(20 * 60), "5 min over in “Middle”; 5 min over in the class");
  window.Reveal = { getSlides: () => [slides[2]], getCurrentSlide: () => slides[2] };
  equal(leftText(0), "");
});

test("a second class has a clock of its own, on another day or after the first", () => {
  const parts = [{ part: "A", minutes: 45, class: "First" }, { part: "B", minutes: 20, class: "Second" }, { part: "C", minutes: 25 }];
  const slides = parts.map(planned);
  const said = (at, minutes, from) => {
    window.Reveal = { getSlides: () => slides, getCurrentSlide: () => slides[at] };
    return leftText(minutes * 60, from);
  };
  equal(said(0, 5, 0), "40 min left in “A”; 40 min left in “First”");
  equal(slides.map(beginOfClass), [0, 45, 45]);
  equal(said(1, 5, 45), "15 min left in “B”; 40 min left in “Second”");
  equal(said(2, 70, 0), "20 min left in “C”; 20 min left in “Second”");
});
