// plotly.js and the outlines of maps are in the file as gzip + base64. They are unpacked once, when the first chart is
// wanted.

import { typefaceLoaded } from "./timing.js";

let unpacking = null;

function decoded(base64) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(base64);
  const raw = atob(base64);
  const bytes = new Uint8Array(raw.length);
  for (let i = 0; i < raw.length; i++) bytes[i] = raw.charCodeAt(i);
  return bytes;
}

// A script from a blob is compiled off the main thread. The page's policy allows it by its hash.
function run(text, hash) {
  return new Promise((done, failed) => {
    const script = document.createElement("script");
    Object.assign(script, { integrity: hash, crossOrigin: "anonymous", onload: done, onerror: failed });
    script.src = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
    document.head.append(script);
  });
}

// For browsers that apply the hashes of a policy to inline scripts only.
function runInline(text) {
  const script = document.createElement("script");
  script.textContent = text;
  document.head.append(script);
  script.remove();
}

function unpacked(element) {
  const packed = new Blob([decoded(element.textContent.trim())]);
  return new Response(packed.stream().pipeThrough(new DecompressionStream("gzip"))).text();
}

// Where the file lacks the outlines that a map asks for, empty ones keep plotly.js from asking the network for them.
async function setOutlines() {
  const element = document.querySelector("script[data-outlines]");
  const known = element ? JSON.parse(await unpacked(element)).topojson : {};
  element?.remove();
  const layers = ["coastlines", "land", "ocean", "lakes", "rivers", "countries", "subunits"];
  const empty = { type: "GeometryCollection", geometries: [] };
  const topology = { type: "Topology", arcs: [], objects: Object.fromEntries(layers.map((name) => [name, empty])) };
  window.PlotlyGeoAssets ??= { topojson: new Proxy(known, { get: (_, name) => known[name] ?? topology }) };
}

async function unpack() {
  if (document.readyState === "loading") await new Promise((done) => addEventListener("DOMContentLoaded", done, { once: true }));
  const element = document.querySelector("script[data-plotly]");
  if (!element) return; // a file without charts has no plotly.js
  const text = await unpacked(element);
  await setOutlines();
  await run(text, element.dataset.hash).catch(() => runInline(text));
  await typefaceLoaded(); // Plotly measures labels
  element.remove();
  await new Promise((done) => setTimeout(done)); // the page reacts between the start of the library and the first drawing
  if (!window.Plotly) throw new Error("plotly.js did not start");
}

export function withPlotly() {
  return (unpacking ??= unpack());
}
