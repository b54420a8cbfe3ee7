// The tests of one page, each with its name; test_modules.py asks for what failed.

const tests = [];

export function test(name, body) {
  tests.push({ name, body });
}

export function equal(found, wanted) {
  const [a, b] = [found, wanted].map((value) => JSON.stringify(value, (_, one) => (Number.isNaN(one) ? "NaN" : one)));
  if (a !== b) throw new Error(`found ${a}, wanted ${b}`);
}

// An element of the page from its HTML.
export function element(html) {
  const box = document.createElement("template");
  box.innerHTML = html;
  return document.body.appendChild(box.content.firstElementChild);
}

// What failed, by the test's name; "" for a test that passed.
export async function run() {
  const results = {};
  for (const { name, body } of tests) {
    try {
      await body();
      results[name] = "";
    } catch (error) {
      results[name] = String(error.stack ?? error);
    }
    document.body.replaceChildren();
  }
  return results;
}
