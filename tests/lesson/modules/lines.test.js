import { fill, plainName, readLines, writeLine } from "/lesson/results/lines.js";
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
