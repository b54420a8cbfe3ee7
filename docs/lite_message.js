// Says in a JupyterLite site why no kernel starts; JupyterLite itself says nothing. `python` is where the site has it.
async function sayWhyNothingRuns(python) {
  const found = python && (await fetch(new URL(python, location), { method: "HEAD" }).catch(() => ({}))).ok;
  let why = "";
  if (!python) why = "This site has no Python to run them with.";
  else if (!found) why = "They cannot be run: Python did not arrive from this site.";
  else if (!navigator.serviceWorker) why = "They cannot be run: for that, this site must be opened through https.";
  if (!why) return;
  // For each notebook JupyterLite asks which kernel is to run it; a site without Python has none to offer.
  const refuse = () => document.querySelector('.jp-Dialog:has(option[value="null"]) .jp-mod-reject')?.click();
  if (!python) new MutationObserver(refuse).observe(document.body, { childList: true });
  const line = document.body.appendChild(document.createElement("p"));
  line.setAttribute("role", "status");
  line.style = "position: fixed; bottom: 0; left: 25%; z-index: 9999; margin: 0; padding: 8px 16px; "
    + "background: #ffe9a8; color: #1a1a1a; font: 15px sans-serif";
  const close = Object.assign(document.createElement("button"), { textContent: "Close", onclick: () => line.remove() });
  line.append(`The notebooks can be read, with their charts. ${why} `, close);
}
