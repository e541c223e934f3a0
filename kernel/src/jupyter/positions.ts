/** Index in UTF-16 units of a place that is counted in code points, as Jupyter counts. */
export function fromCodePoints(text: string, count: number): number {
  let index = 0;
  for (let left = count; left > 0 && index < text.length; left--) {
    index += (text.codePointAt(index) ?? 0) > 0xffff ? 2 : 1;
  }
  return index;
}

/** Number of code points before an index in UTF-16 units. */
export function toCodePoints(text: string, index: number): number {
  let count = 0;
  for (const _ of text.slice(0, index)) count += 1;
  return count;
}
