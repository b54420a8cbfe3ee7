// What scripts say, in the language of the file: `scripts` of words/en.toml, or of another language's file.

const texts = JSON.parse(document.querySelector("script[data-texts]").textContent);

export const language = document.documentElement.lang || "en";

// A text with the forms `one` and `other` is chosen by `count`.
export function say(entry, values = {}) {
  const text = texts[entry] ?? texts[`${entry}.${values.count === 1 ? "one" : "other"}`];
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}
