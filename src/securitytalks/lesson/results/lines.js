// The line that a student hands in, and the lines that a teacher pastes.

export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
export const plainName = (text) => text.replace(/[;=\s]+/g, " ").replace(/^[-+@ ]+/, "").trim(); // no formula in a spreadsheet

// One line for all answers, given as pairs of a question and an answer: "Ana; guess-killed=150,000 people; check-bounds=B".
export function writeLine(name, answers) {
  return [plainName(name), ...answers.map(([question, answer]) => `${question}=${answer.replace(/[;\n]/g, ",")}`)].join("; ");
}

const AROUND = /^[\s>"“”„‟«»]+|[\s>"“”„‟«»]+$/g; // what a mail or a word processor puts around a line
const CURLY = /=\s*[“”„‟«»‘’‚‛]/;

// What is wrong with the line of a student, as a key of the texts, and in which part; results.py finds it in the same way.
export function lineFault(line) {
  const [name, ...all] = line.split(";").map((cell) => cell.trim());
  const cells = all.filter(Boolean);
  if (/^(coder,|[^,;]+,\s*[a-z-]+\/\d+\s*,)/.test(line)) return ["codings"];
  if (!cells.length && /^[^=,]+,.*=/.test(line)) return ["commas"];
  if (!name || name.includes("=")) return ["nameless"];
  if (!cells.length) return ["alone"];
  if (cells.some((cell) => CURLY.test(cell))) return ["curly"];
  const wrong = cells.find((cell) => !/^[^=]+=.+$/.test(cell));
  return wrong === undefined ? null : [/^[^=:]+:[^=]+$/.test(wrong) ? "colon" : "pair", wrong];
}

// Lines of one answer each, without a name: in the form of a question they answer that question, under the number of the
// line. `place` gives the number of the option that an answer names, or -1.
export function nameLines(text, question, place) {
  const named = (line, at) => (/[;=]|^\s*$/.test(line) || place(line.trim()) < 0 ? line : `${at + 1}; ${question}=${line.trim()}`);
  return text.split("\n").map(named).join("\n");
}

const SIZES = { thousand: 1e3, million: 1e6, billion: 1e9 };

// The number of a text such as "300,000 people", "$2.5 billion" or "1 200", in full and as it is written; NaN for others.
function numberIn(text) {
  // No two parts of the pattern can share a space, so that a long row of spaces is read once.
  const [, written = "", unit = ""] = /^[$~≈<>≥\s]*(\d(?:[\d.,'’\s]*\d)?)[.,\s]*([a-z%$][a-z%$ ]*)?$/i.exec(text) ?? [];
  const grouped = /^\d{1,3}([.,'’\s]\d{3})+$/.test(written);
  const number = written ? Number(grouped ? written.replace(/\D/g, "") : written.replace(",", ".")) : NaN;
  return { full: number * (SIZES[unit.toLowerCase().split(" ")[0]] ?? 1), written: number };
}

// The place of a scale or a list that an answer names: by its words, else by its number, whose unit may be left out. A number
// between two places counts for the nearer one; one that is beyond the scale, or a part of one where percent are meant, for
// none: -1.
export function nearestPlace(answer, places) {
  const same = places.findIndex(({ words }) => words.toLowerCase() === answer.toLowerCase());
  const { full } = numberIn(answer);
  if (same >= 0 || (full > 0 && full < 1 && places[0].words.endsWith("%"))) return same;
  for (const kind of ["written", "full"]) {
    const values = places.map(({ words }) => numberIn(words)[kind]);
    if (full < Math.min(...values) || full > Math.max(...values)) continue;
    const gaps = values.map((value) => Math.abs(value - full));
    return gaps.indexOf(Math.min(...gaps));
  }
  return -1;
}

// The name of a question, as a phone may have changed it.
const asked = (name) => name.trim().toLowerCase().replace(/[\u2010-\u2015\u2212]/g, "-");

// Answers by question and student; of two lines with one name, the later counts. `faults` has what is wrong with a line,
// `strange` the lines that answer none of the questions `known`.
export function readLines(text, known) {
  const answers = new Map();
  const faults = [];
  const strange = [];
  let lines = 0;
  for (const [number, pasted] of text.replace(/^\ufeff/, "").split(/\r?\n/).entries()) {
    const row = pasted.replace(AROUND, "").replaceAll("；", ";").replaceAll("＝", "=");
    if (!/[^;\s]/.test(row)) continue;
    const [kind, part = ""] = lineFault(row) ?? [];
    if (kind) {
      const [name, ...answer] = part.split(":");
      faults.push({ kind, line: number + 1, part, meant: `${name.trim()}=${answer.join(":").trim()}` });
      continue;
    }
    lines += 1;
    const [name, ...cells] = row.split(";").map((cell) => cell.trim());
    const pairs = cells.filter(Boolean).map((cell) => [asked(cell.slice(0, cell.indexOf("="))), cell.slice(cell.indexOf("=") + 1).trim()]);
    if (!pairs.some(([question]) => known.has(question))) strange.push(number + 1);
    for (const [question, answer] of pairs) {
      if (!answers.has(question)) answers.set(question, new Map());
      answers.get(question).set(name.toLowerCase(), answer);
    }
  }
  return { answers, faults, strange, lines };
}

// What is said of pasted lines: how many count, and what to write in the place of those that do not.
export function aboutLines(texts, { faults, strange, odd, lines }, n) {
  const said = [
    ...faults.map((fault) => fill(texts.faults[fault.kind], fault)),
    ...strange.map((line) => fill(texts.unknown, { line })),
    ...odd.map((answer) => fill(texts.odd, { answer })),
  ];
  const more = said.length > 5 ? [fill(texts.more, { n: said.length - 5 })] : [];
  return [fill(texts.counted, { n, lines }), ...said.slice(0, 5), ...more, ...(faults.length ? [texts.example] : [])].join("\n");
}
