// What scripts need to know of the file that they are in, and of how it is shown.

export const inDeck = document.documentElement.classList.contains("deck");
export const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
export const printing = /print-pdf/i.test(location.search);
export const touched = matchMedia("(any-pointer: coarse)").matches;
