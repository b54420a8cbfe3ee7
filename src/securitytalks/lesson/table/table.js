// Makes tables sortable, searchable and filterable; without it they are complete, in their first order. In JupyterLab the
// script stands behind its one table; in an export it serves all tables of the file.
(() => {
  const before = document.currentScript?.previousElementSibling;
  const tables = before?.matches("table[data-table]") ? [before] : document.querySelectorAll("table[data-table]");
  // A page shows the first rows of a table with more than MOST until the reader asks for all; on a phone each row is as
  // high as a card.
  const [FIRST, MOST] = matchMedia("(max-width: 600px)").matches ? [3, 5] : [6, 15];
  if (!tables.length) return;
  const { marks = ",.", months, hedges, sizes } = JSON.parse(tables[0].dataset.table).texts;
  const [thousands, decimal] = marks.replaceAll("\u00a0", " ");
  const MONTHS = months.split(" ");
  const SIZES = sizes.split(", ");
  const plain = (word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const anyOf = (words) => words.map(plain).sort((a, b) => b.length - a.length).join("|"); // "mil millones" before "mil"
  const SIGNS = { "\u2212": "-", "\u2013": "-" };
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  // Dates, "1,000" and "about $3 billion" sort by what they say, other text by its letters.
  const DAY = new RegExp(String.raw`^(\d{1,2}) (${anyOf(MONTHS)}) (\d{4})\b`);
  const AMOUNT = new RegExp(String.raw`^(?:${anyOf(hedges.split(", "))})?\s*(?:([-+\u2212\u2013])\s*)?(?:\$\s*)?(\d[\d${thousands}]*(?:[${decimal}]\d+)?)\s*(${anyOf(SIZES)})?(?!\p{L})`, "iu");
  function number(text) {
    const day = DAY.exec(text);
    if (day) return Date.UTC(day[3], MONTHS.indexOf(day[2]), day[1]);
    const found = AMOUNT.exec(text);
    if (!found) return NaN;
    const amount = (SIGNS[found[1]] ?? found[1] ?? "") + found[2].replaceAll(thousands, "").replace(decimal, ".");
    return Number(amount) * 1000 ** (SIZES.indexOf(found[3]?.toLowerCase()) + 1);
  }
  function compare(a, b) {
    const [x, y] = [number(a), number(b)];
    if (!Number.isNaN(x) && !Number.isNaN(y) && x !== y) return x - y;
    return a.localeCompare(b, document.documentElement.lang || "en", { numeric: true });
  }

  class ReaderTable {
    constructor(table) {
      this.table = table;
      this.body = table.tBodies[0];
      this.rows = [...this.body.rows];
      this.words = new Map(this.rows.map((row) => [row, [...row.cells].map((cell) => cell.textContent.replaceAll("\u00a0", " ").trim())]));
      this.heads = [...table.tHead.rows[0].cells];
      this.titles = this.heads.map((head) => head.textContent.trim());
      this.tests = [];
      const { filters, search, texts } = JSON.parse(table.dataset.table);
      this.texts = texts;
      this.box = table.closest(".table-box");
      this.onPage = !!this.box && document.documentElement.classList.contains("page");
      this.makeBar(filters, search);
      this.heads.forEach((head, column) => this.makeSortable(head, column));
      if (this.box && table.matches(".folds")) this.rows.forEach((row) => this.foldRow(row));
      if (this.onPage && this.rows.length > MOST) this.foldTable();
      this.refresh();
    }

    makeBar(filters, search) {
      this.bar = document.createElement("div");
      this.bar.className = "table-tools";
      this.bar.setAttribute("role", "group");
      this.bar.setAttribute("aria-label", fill(this.texts.controls, { caption: this.table.caption.textContent }));
      if (!this.box) this.bar.style.cssText = "display:flex;flex-wrap:wrap;gap:8px 16px;margin:8px 0;align-items:center";
      this.status = Object.assign(document.createElement("span"), { role: "status" });
      if (search) this.addSearch();
      for (const name of filters) this.addFilter(name, this.titles.indexOf(name));
      if (this.tests.length) this.bar.append(this.status);
      if (this.onPage) this.addOrder();
      if (this.bar.children.length) (this.box ?? this.table).before(this.bar);
    }

    // The heads of columns are not seen on a phone, so that rows are sorted by a list there.
    addOrder() {
      const label = Object.assign(document.createElement("label"), { className: "order" });
      const select = document.createElement("select");
      select.append(new Option(this.texts.as_it_is, ""), ...this.titles.map((title, column) => new Option(title, column)));
      select.addEventListener("input", () => select.value && this.sort(this.heads[select.value], Number(select.value)));
      label.append(`${this.texts.sort_by} `, select);
      this.bar.append(label);
    }

    foldRow(row) {
      const button = Object.assign(document.createElement("button"), { type: "button", className: "unfold" });
      const fold = (yes) => {
        row.classList.toggle("folded", yes);
        button.setAttribute("aria-expanded", !yes);
        button.textContent = yes ? this.texts.more : this.texts.less;
      };
      button.addEventListener("click", () => fold(!row.classList.contains("folded")));
      row.cells[0].append(" ", button);
      fold(true);
    }

    foldTable() {
      this.whole = Object.assign(document.createElement("button"), { type: "button", className: "whole" });
      this.whole.setAttribute("aria-expanded", "false");
      this.whole.addEventListener("click", () => {
        this.whole.setAttribute("aria-expanded", this.whole.getAttribute("aria-expanded") === "false");
        this.refresh();
      });
      this.box.after(this.whole);
    }

    addControl(title, element, test) {
      const label = document.createElement("label");
      label.append(`${title} `, element);
      // JupyterLab and a deck have keys of their own.
      for (const type of ["keydown", "keyup", "keypress"]) element.addEventListener(type, (event) => event.key !== "Escape" && event.stopPropagation());
      element.addEventListener("input", () => this.refresh());
      this.tests.push(test);
      this.bar.append(label);
    }

    addSearch() {
      const box = Object.assign(document.createElement("input"), { type: "search" });
      this.addControl(this.texts.search, box, (row) => {
        const text = this.words.get(row).join(" ").toLowerCase();
        return box.value.toLowerCase().split(/\s+/).every((word) => text.includes(word));
      });
    }

    addFilter(name, column) {
      const parts = (row) => this.words.get(row)[column].split(/;\s/).map((part) => part.trim());
      const select = document.createElement("select");
      const choices = [...new Set(this.rows.flatMap(parts))].filter(Boolean).sort(compare);
      select.append(new Option(this.texts.all, ""), ...choices.map((choice) => new Option(choice, choice)));
      this.addControl(name, select, (row) => !select.value || parts(row).includes(select.value));
    }

    refresh() {
      for (const row of this.rows) row.hidden = !this.tests.every((test) => test(row));
      const found = this.rows.filter((row) => !row.hidden);
      const first = this.whole?.getAttribute("aria-expanded") === "false";
      const folded = first && found.length > FIRST;
      const count = folded ? { text: this.texts.count_first, shown: FIRST, all: found.length } : { text: this.texts.count, shown: found.length, all: this.rows.length };
      this.status.textContent = fill(count.text, count);
      if (this.whole) {
        found.forEach((row, number) => row.classList.toggle("later", first && number >= FIRST));
        this.whole.textContent = first ? fill(this.texts.show_all, { n: found.length }) : this.texts.show_first;
        this.whole.hidden = found.length <= FIRST;
      }
    }

    makeSortable(head, column) {
      const button = Object.assign(document.createElement("button"), { type: "button" });
      button.append(...head.childNodes);
      if (!this.box) button.style.cssText = "all:unset;cursor:pointer;text-decoration:underline dotted";
      button.addEventListener("click", () => this.sort(head, column));
      head.append(button);
    }

    sort(head, column) {
      const up = head.getAttribute("aria-sort") !== "ascending";
      for (const other of this.heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      const key = (row) => this.words.get(row)[column];
      this.rows.sort((a, b) => {
        if (!key(a) || !key(b)) return Boolean(key(b)) - Boolean(key(a));
        return compare(key(a), key(b)) * (up ? 1 : -1);
      });
      this.body.append(...this.rows);
      this.refresh();
    }
  }

  for (const table of tables) new ReaderTable(table);
})();
