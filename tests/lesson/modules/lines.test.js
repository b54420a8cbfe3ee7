import { fill, nameLines, nearestPlace, plainName, readLines, writeLine } from "/lesson/results/lines.js";
import { equal, test } from "./kit.js";

const answersOf = (text) => [...readLines(text, new Set(["q"])).answers].map(([question, given]) => [question, [...given]]);

test("a line has a name that no spreadsheet calculates, and no separator inside an answer", () => {
  equal(writeLine("=Ana; B", [["q", "1; 2"], ["r", "B"]]), "Ana B; q=1, 2; r=B");
  equal(plainName(" -+@x = y"), "x y");
});

test("what one student hands in can be read again", () => {
  equal(answersOf(writeLine("Ana", [["q", "B"], ["r", "a=b"]])), [["q", [["ana", "B"]]], ["r", [["ana", "a=b"]]]]);
});

test("of two lines with one name the later counts", () => {
  equal(answersOf("Ana; q=A\nANA; q=B"), [["q", [["ana", "B"]]]]);
});

test("faulty lines are numbered with what is wrong, and so are those that answer no known question", () => {
  const { faults, strange, lines } = readLines("Ana; q=A\n\nAna\n=; q=A\nBo; q: A\nCy; r=A", new Set(["q"]));
  equal([faults.map(({ line, kind }) => [line, kind]), strange, lines], [[[3, "alone"], [4, "nameless"], [5, "colon"]], [6], 2]);
});

test("a text takes values by their names", () => {
  equal(fill("{n} of {all}", { n: 1, all: 2 }), "1 of 2");
});

// Each scale or list with what students write, and the place that each answer names.
const SCALES = [
  [["0 people", "150,000 people", "300,000 people"], { "150,000 PEOPLE": 1, "150000": 1, "150.000": 1, "140 000": 1, more: -1, "400,000": -1, "2/3": -1 }],
  [["0", "$500 million", "$1 billion"], { "$1 billion": 2, 1: 2, "1,000,000,000": 2, 500: 1, "0.9 billion": 2 }],
  [["0%", "50%", "100%"], { 50: 1, "60%": 1, 0.5: -1 }],
  [["Drugs", "Migration"], { migration: 1 }],
];

test("an answer counts for its place on a scale or a list, with or without its unit", () => {
  for (const [scale, places] of SCALES) {
    const found = Object.keys(places).map((answer) => [answer, nearestPlace(answer, scale.map((words) => ({ words })))]);
    equal(found, Object.entries(places));
  }
});

test("a long row of spaces or marks is read at once, in an answer and in a line without one", () => {
  const [spaces, dots] = [" ".repeat(50_000), ".".repeat(50_000)];
  const places = [{ words: "0 people" }, { words: "100 people" }];
  equal([`1${spaces}!`, `1${dots}!`, `100${spaces}people`].map((answer) => nearestPlace(answer, places)), [-1, -1, 1]);
  const { faults } = readLines(`Ana; q${spaces}x\nBo; q${spaces}: A`, new Set(["q"]));
  equal([faults.map(({ kind }) => kind), faults[1].meant], [["pair", "colon"], "q=A"]);
});

test("lines of one answer each answer the question of their form", () => {
  equal(nameLines("B\nAna; q=A\nAna\n", "q", (answer) => "AB".indexOf(answer)), "1; q=B\nAna; q=A\nAna\n");
});
