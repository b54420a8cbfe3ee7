// The words of a Plotly label, without its tags.
export function words(label) {
  const box = document.createElement("textarea"); // reads entities, runs nothing
  box.innerHTML = String(label ?? "").replace(/<br\s*\/?>/gi, " ").replace(/<[^<>]*>/g, "");
  return box.value;
}
