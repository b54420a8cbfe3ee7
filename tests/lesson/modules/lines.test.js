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

test("a plain number counts for its place on a scale, with or without its unit", () => {
  const placesOf = (unit, answers) => {
    const scale = unit === "%" ? ["0%", "50%", "100%"] : unit === "$" ? ["0", "$500 million", "$1 billion"] : ["0 people", "150,000 people", "300,000 people"];
    return answers.map((answer) => nearestPlace(answer, scale.map((words) => ({ words }))));
  };
  equal(placesOf("people", ["150,000 PEOPLE", "150000", "150.000", "140 000", "more", "400,000", "2/3"]), [1, 1, 1, 1, -1, -1, -1]);
  equal(placesOf("$", ["$1 billion", "1", "1,000,000,000", "500", "0.9 billion"]), [2, 2, 2, 1, 2]);
  equal(placesOf("%", ["50", "60%", "0.5"]), [1, 1, -1]);
  equal(nearestPlace("migration", [{ words: "Drugs" }, { words: "Migration" }]), 1);
});

test("lines of one answer each answer the question of their form", () => {
  equal(nameLines("B\nAna; q=A\nAna\n", "q", (answer) => "AB".indexOf(answer)), "1; q=B\nAna; q=A\nAna\n");
});
