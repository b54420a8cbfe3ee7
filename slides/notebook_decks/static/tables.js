// Tables of the class talks-table: sort by column, search, filter. Nothing is hidden until the reader asks for it.

function findTables() {
  for (const table of document.querySelectorAll("table.talks-table")) enhance(table);
}

function enhance(table) {
  const rows = [...table.tBodies[0].rows];
  const heads = [...table.tHead.rows[0].cells];
  const state = { table, rows, search: null, filters: [] };
  const bar = document.createElement("div");
  bar.className = "table-tools";
  if ("search" in table.dataset) bar.append(searchBox(state));
  const wanted = (table.dataset.filters ?? "").split(",").map((name) => name.trim()).filter(Boolean);
  for (const name of wanted) {
    const column = heads.findIndex((head) => head.textContent.trim() === name);
    if (column >= 0) bar.append(filterBox(state, name, column));
  }
  if (bar.children.length) {
    state.count = document.createElement("span");
    state.count.setAttribute("role", "status");
    bar.append(state.count);
    (table.closest(".table-box") ?? table).before(bar);
  }
  heads.forEach((head, column) => sortable(state, head, column));
}

function labelled(name, field) {
  const label = document.createElement("label");
  label.append(`${name} `, field);
  return label;
}

function searchBox(state) {
  state.search = document.createElement("input");
  state.search.type = "search";
  state.search.addEventListener("input", () => sift(state));
  return labelled("Search", state.search);
}

function filterBox(state, name, column) {
  const select = document.createElement("select");
  const found = [...new Set(state.rows.flatMap((row) => valuesIn(row.cells[column])))].sort((a, b) => a.localeCompare(b));
  select.append(new Option("all", ""), ...found.map((value) => new Option(value, value)));
  select.addEventListener("change", () => sift(state));
  state.filters.push({ select, column });
  return labelled(name, select);
}

// A cell with several values has them in list items or in lines.
function valuesIn(cell) {
  const parts = cell.querySelectorAll("li");
  const texts = parts.length ? [...parts].map((p) => p.textContent) : (cell.innerText ?? cell.textContent).split(/\n|;\s/);
  return texts.map((t) => t.trim()).filter(Boolean);
}

function sift({ rows, search, filters, count }) {
  const sought = (search?.value ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  for (const row of rows) {
    const text = row.textContent.toLowerCase();
    const fits = sought.every((word) => text.includes(word));
    row.hidden = !(fits && filters.every(({ select, column }) => !select.value || valuesIn(row.cells[column]).includes(select.value)));
  }
  count.textContent = `${rows.filter((row) => !row.hidden).length} of ${rows.length} rows`;
}

function sortable(state, head, column) {
  const button = document.createElement("button");
  button.type = "button";
  button.append(...head.childNodes);
  head.append(button);
  button.addEventListener("click", () => {
    const down = head.getAttribute("aria-sort") === "ascending";
    for (const other of state.table.querySelectorAll("[aria-sort]")) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const key = (row) => row.cells[column].dataset.sort ?? row.cells[column].textContent.trim();
    const order = [...state.rows].sort((a, b) => compare(key(a), key(b)) * (down ? -1 : 1));
    state.table.tBodies[0].append(...order);
  });
}

function compare(a, b) {
  const [x, y] = [a, b].map((text) => (/^[-+−$]?[\d,. ]+%?$/.test(text) ? Number(text.replace("−", "-").replace(/[^\d.-]/g, "")) : NaN));
  if (!Number.isNaN(x) && !Number.isNaN(y)) return x - y;
  return a.localeCompare(b, "en", { numeric: true });
}
