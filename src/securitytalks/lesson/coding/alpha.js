// Krippendorff's alpha for nominal data. `coders`: one list of values for each coder, all of one length; null where a coder
// gave none. NaN where nothing can be said: no unit with two values, or only one value in all of them.
export function nominalAlpha(coders) {
  const totals = new Map();
  let pairs = 0, same = 0;
  const units = coders[0]?.length ?? 0;
  for (let unit = 0; unit < units; unit++) {
    const values = coders.map((coder) => coder[unit]).filter((value) => value !== null && value !== undefined);
    if (values.length < 2) continue;
    const counts = new Map();
    for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
    for (const [value, count] of counts) {
      totals.set(value, (totals.get(value) ?? 0) + count);
      same += (count * (count - 1)) / (values.length - 1);
    }
    pairs += values.length;
  }
  const expected = [...totals.values()].reduce((sum, count) => sum + count * (pairs - count), 0);
  return expected ? 1 - ((pairs - 1) * (pairs - same)) / expected : NaN;
}

// One decision for each passage and topic, 1 or 0; `passages` are lists of the numbers of their topics.
export function decisions(passages, topics) {
  return passages.flatMap((chosen) => Array.from({ length: topics }, (_, topic) => Number(chosen.includes(topic))));
}
