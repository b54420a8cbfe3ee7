// What a reader entered, kept by the browser until the next visit; in a deck until its window is closed, since the next
// class must see neither the answers nor the names of this one.

import { inDeck } from "notebook-decks/setting.js";

const place = `classroom ${location.pathname} `;

// Browsers may refuse storage, above all for files: then work lasts until the page is closed.
const store = () => (inDeck ? sessionStorage : localStorage);

export function recall(key) {
  try {
    return store().getItem(place + key) ?? "";
  } catch {
    return "";
  }
}

export function keep(key, text) {
  try {
    store().setItem(place + key, text);
  } catch {
    // nothing to do: the page goes on without
  }
}

// Answers come back after a reload of a page; a deck starts each class with none.
export const recallAnswer = (key) => (inDeck ? "" : recall(key));
