// What the forms of a lesson share: work that survives a reload, one line to hand in, and how the class answered.
// Nothing leaves the file: lines are copied and pasted by hand.

const classroom = (() => {
  const forms = new Map(); // question -> { answer(): text or "", tally(answers) }
  const place = `classroom ${location.pathname} `;

  // Browsers may refuse storage, above all for files: then work lasts until the page is closed.
  function recall(key) {
    try {
      return localStorage.getItem(place + key) ?? "";
    } catch {
      return "";
    }
  }
  function keep(key, text) {
    try {
      localStorage.setItem(place + key, text);
    } catch {
      // nothing to do: the page goes on without
    }
  }

  // Answers come back after a reload of a page; a deck starts each class with none.
  const recallAnswer = (key) => (inDeck ? "" : recall(key));

  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const plainName = (text) => text.replace(/[;=\s]+/g, " ").replace(/^[-+@ ]+/, "").trim(); // no formula in a spreadsheet

  // One line for all answers in this file: "Ana; guess-killed=150,000 people; check-bounds=B".
  function line(name) {
    const given = [...forms].map(([question, form]) => [question, form.answer()]).filter(([, answer]) => answer);
    return [plainName(name), ...given.map(([question, answer]) => `${question}=${answer.replace(/[;\n]/g, ",")}`)].join("; ");
  }

  // Answers by question and student; of two lines with one name, the later counts.
  function read(text) {
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

  function show(text) {
    const { answers, faulty, lines } = read(text);
    for (const [question, form] of forms) {
      const given = [...(answers.get(question)?.values() ?? [])];
      form.tally(given);
      const said = form.root.querySelector(".counted");
      if (!said) continue;
      const parts = text.trim() ? [fill(form.texts.counted, { n: given.length, lines })] : [];
      if (faulty.length) parts.push(fill(form.texts.faulty, { lines: faulty.join(", ") }));
      said.textContent = parts.join(" ");
    }
  }

  function refresh() {
    for (const { root } of forms.values()) {
      const area = root.querySelector(".hand-in .line");
      if (area) area.value = line(recall("name"));
    }
  }

  async function copy(area, said, texts) {
    area.focus();
    area.select();
    const copied = await navigator.clipboard?.writeText(area.value).then(() => true, () => false);
    said.textContent = copied || document.execCommand("copy") ? texts.copied : texts.marked;
  }

  // A form takes part: `answer` gives what was answered in words, `tally` draws a list of such answers.
  function join(root, { answer, tally }) {
    const question = root.id.replace(/^chart:/, "");
    const texts = JSON.parse(root.querySelector(":scope > .shared-texts").textContent);
    forms.set(question, { root, answer, tally, texts });
    const name = root.querySelector(".hand-in .coder");
    if (name) {
      name.value = recall("name");
      name.addEventListener("input", () => {
        keep("name", name.value);
        for (const other of document.querySelectorAll(".hand-in .coder")) if (other !== name) other.value = name.value;
        refresh();
      });
      root.querySelector("[data-do=copy-line]").addEventListener("click", () => {
        const said = root.querySelector(".copied");
        if (plainName(name.value)) return copy(root.querySelector(".line"), said, texts);
        said.textContent = texts.nameless;
        return name.focus();
      });
    }
    const pasted = root.querySelector(".class-results .pasted");
    pasted?.addEventListener("input", () => {
      for (const other of document.querySelectorAll(".class-results .pasted")) other.value = pasted.value;
      keep("lines", pasted.value);
      show(pasted.value);
    });
    if (pasted) pasted.value = recall("lines");
  }

  // Makes the forms of a kind work. Their states are in the address, at which the page looked before they were there.
  function serve(kind, Form) {
    for (const root of document.querySelectorAll(`[data-form=${kind}]`)) {
      const form = new Form(root);
      otherViews.set(root.id, { text: () => form.text(), show: (text) => form.show(text) });
    }
    showView();
  }

  // After the scripts of all forms.
  function start() {
    refresh();
    if (recall("lines")) show(recall("lines"));
  }
  setTimeout(start);

  return { serve, join, refresh, recall, recallAnswer, keep, copy, fill, plainName, read };
})();
