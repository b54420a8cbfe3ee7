// The rows of a chart's table, as points that can be visited where Plotly's own cannot.

export function rowsOf(root) {
  return [...root.querySelectorAll(".rows tbody tr")].map((row) => ({ row, series: 0, value: lastNumber(row) }));
}

function lastNumber(row) {
  const numbers = [...row.cells].map((cell) => parseFloat(cell.textContent.replace(/,/g, ""))).filter(Number.isFinite);
  return numbers.at(-1) ?? NaN;
}

// The place that a row leads to, on the page of the records.
export function placeOf(row) {
  return row.querySelector("a")?.hash.slice(1) ?? "";
}

export function rowWords(row) {
  const heads = [...row.closest("table").querySelectorAll("thead th")];
  return [...row.cells].map((cell, i) => `${heads[i]?.textContent ?? ""}: ${cell.textContent}`).filter((line) => !line.endsWith(": "));
}
