// What a reader entered, kept by the browser until the next visit.

import { inDeck } from "notebook-decks/setting.js";

const place = `classroom ${location.pathname} `;

// Browsers may refuse storage, above all for files: then work lasts until the page is closed.
export function recall(key) {
  try {
    return localStorage.getItem(place + key) ?? "";
  } catch {
    return "";
  }
}

export function keep(key, text) {
  try {
    localStorage.setItem(place + key, text);
  } catch {
    // nothing to do: the page goes on without
  }
}

// Answers come back after a reload of a page; a deck starts each class with none.
export const recallAnswer = (key) => (inDeck ? "" : recall(key));
