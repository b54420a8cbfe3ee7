// Makes the table before this script sortable, searchable and filterable. Without it the table is whole and only still.
(() => {
  const table = document.currentScript.previousElementSibling;
  const body = table.tBodies[0];
  const heads = [...table.tHead.rows[0].cells];
  const titles = heads.map((head) => head.textContent);
  const bar = document.createElement("div");
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", `Controls of the table: ${table.caption.textContent}`);
  bar.style.cssText = "display:flex;flex-wrap:wrap;gap:8px 16px;margin:8px 0;align-items:center";
  const status = Object.assign(document.createElement("span"), { role: "status" });
  const tests = [];

  const refresh = () => {
    let shown = 0;
    for (const row of body.rows) {
      row.hidden = !tests.every((test) => test(row));
      shown += !row.hidden;
    }
    status.textContent = `${shown} of ${body.rows.length} rows`;
  };
  const control = (title, element, test) => {
    const label = document.createElement("label");
    label.append(`${title} `, element);
    for (const type of ["keydown", "keyup", "keypress"]) element.addEventListener(type, (event) => event.stopPropagation());
    element.addEventListener("input", refresh);
    tests.push(test);
    bar.append(label);
  };
  if ("search" in table.dataset) {
    const box = Object.assign(document.createElement("input"), { type: "search" });
    control("Search", box, (row) => box.value.toLowerCase().split(/\s+/).every((word) => row.textContent.toLowerCase().includes(word)));
  }
  for (const title of (table.dataset.filters || "").split(",").filter(Boolean)) {
    const at = titles.indexOf(title);
    const parts = (row) => row.cells[at].textContent.split("; ");
    const select = document.createElement("select");
    const choices = [...new Set([...body.rows].flatMap(parts))].sort((a, b) => a.localeCompare(b));
    select.append(new Option("all", ""), ...choices.map((choice) => new Option(choice, choice)));
    control(title, select, (row) => !select.value || parts(row).includes(select.value));
  }
  heads.forEach((head, at) => {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: titles[at] });
    button.style.cssText = "all:unset;cursor:pointer;text-decoration:underline dotted";
    button.addEventListener("click", () => {
      const up = head.getAttribute("aria-sort") !== "ascending";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      const key = (row) => row.cells[at].dataset.sort ?? row.cells[at].textContent;
      const order = (a, b) => key(a).localeCompare(key(b), "en", { numeric: true });
      body.append(...[...body.rows].sort((a, b) => (up ? order(a, b) : order(b, a))));
    });
    head.replaceChildren(button);
  });
  bar.append(status);
  table.before(bar);
  refresh();
})();
