// The line that a student hands in, and the lines that a teacher pastes.

export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
export const plainName = (text) => text.replace(/[;=\s]+/g, " ").replace(/^[-+@ ]+/, "").trim(); // no formula in a spreadsheet

// One line for all answers, given as pairs of a question and an answer: "Ana; guess-killed=150,000 people; check-bounds=B".
export function writeLine(name, answers) {
  return [plainName(name), ...answers.map(([question, answer]) => `${question}=${answer.replace(/[;\n]/g, ",")}`)].join("; ");
}

// Answers by question and student; of two lines with one name, the later counts.
export function readLines(text) {
  const answers = new Map();
  const faulty = [];
  let lines = 0;
  for (const [number, row] of text.split(/\r?\n/).entries()) {
    if (!row.trim()) continue;
    const [name, ...cells] = row.split(";").map((cell) => cell.trim());
    const pairs = cells.filter(Boolean).map((cell) => [cell.slice(0, cell.indexOf("=")).trim(), cell.slice(cell.indexOf("=") + 1).trim()]);
    if (!name || name.includes("=") || !pairs.length || !pairs.every(([question, answer]) => question && answer)) {
      faulty.push(number + 1);
      continue;
    }
    lines += 1;
    for (const [question, answer] of pairs) {
      if (!answers.has(question)) answers.set(question, new Map());
      answers.get(question).set(name.toLowerCase(), answer);
    }
  }
  return { answers, faulty, lines };
}
