import { csvField, csvText } from "notebook-decks/csv.js";
import { element, equal, test } from "./kit.js";

test("a field with commas or quotation marks is quoted", () => {
  equal(['a, "b"', "plain", "two\n lines"].map(csvField), ['"a, ""b"""', "plain", "two lines"]);
});

test("a text that a spreadsheet would calculate gets an apostrophe, and a number does not", () => {
  equal(["=1+1", "@a", "-5", "+1.5e3", "- none"].map(csvField), ["'=1+1", "'@a", "-5", "+1.5e3", "'- none"]);
});

test("the file has the chart's words as comments and the exact values", () => {
  const root = element(`<figure data-unit="t"><p class="finding">Apples</p><table class="rows">
    <thead><tr><th>Year</th><th>n</th></tr></thead><tbody><tr><th>2020</th><td data-value="12345">12,345</td></tr></tbody></table></figure>`);
  equal(csvText(root), "# Chart: Apples\r\n# Unit: t\r\nYear,n\r\n2020,12345\r\n");
});
