// Each chart's rows as a CSV file, made from the table in the page; this works in a file that was opened from a disk too.

import { say } from "./say.js";

const NUMBER = /^[-+]?(\d+(\.\d*)?|\.\d+)(e[-+]?\d+)?$/i;

// One field; a text that a spreadsheet would take for a formula gets an apostrophe before it.
export function csvField(value) {
  const words = String(value).replace(/\s+/g, " ").trim();
  const safe = /^[=+\-@]/.test(words) && !NUMBER.test(words) ? `'${words}` : words;
  return /[",]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function csvText(root) {
  const said = (selector) => root.querySelector(selector)?.textContent.trim() ?? "";
  const term = (name) => document.querySelector(`meta[name="${name}"]`)?.content ?? "";
  const about = [
    ["csv_chart", said(".finding")],
    ["csv_measure", said(".measured")],
    ["csv_unit", root.dataset.unit],
    ["", said(".about .source")], // these two begin with their own names
    ["", said(".about .note")],
    ["csv_licence", term("licence")],
    ["csv_citation", term("citation")],
    ["csv_missing", root.dataset.leftOut],
  ];
  const lines = about.filter(([, text]) => text).map(([entry, text]) => [`# ${entry ? say(entry, { text }) : text}`]);
  for (const row of root.querySelectorAll(".rows thead tr, .rows tbody tr")) {
    lines.push([...row.cells].map((cell) => cell.dataset.value ?? cell.textContent));
  }
  return lines.map((line) => `${line.map(csvField).join(",")}\r\n`).join("");
}

export function offerCsv(root) {
  if (!root.querySelector(".rows tbody tr")) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "save-csv";
  button.textContent = say("save_csv");
  button.addEventListener("click", () => {
    const link = document.createElement("a");
    const name = root.querySelector(".finding").textContent.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 60);
    link.download = `${name.replace(/^-|-$/g, "") || "chart"}.csv`;
    link.href = URL.createObjectURL(new Blob(["\ufeff", csvText(root)], { type: "text/csv;charset=utf-8" })); // Excel reads UTF-8 by this mark
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  });
  root.querySelector(".rows-box").append(button);
}
