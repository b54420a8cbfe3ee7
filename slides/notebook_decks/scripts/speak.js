// Let a screen reader say something about a chart.
export function speak(chart, text) {
  chart.root.querySelector(".live").textContent = text;
}
