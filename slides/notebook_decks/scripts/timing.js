// When something runs.

// When the browser has nothing better to do.
export function whenIdle(job) {
  (window.requestIdleCallback ?? ((f) => setTimeout(f, 1)))(job, { timeout: 2000 });
}

// After what is on the page now has been painted.
export function afterPaint(job) {
  requestAnimationFrame(() => setTimeout(job));
}

// When the embedded typeface can be measured. Text that is measured before this is measured in another font.
export function typefaceLoaded() {
  return Promise.allSettled(["400", "600"].map((weight) => document.fonts.load(`${weight} 16px "Deck Sans"`)));
}
