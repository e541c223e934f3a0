/** The marks of Vega-Lite. */
export const VEGA_LITE_MARKS = [
  ...["arc", "area", "bar", "boxplot", "circle", "errorband", "errorbar", "geoshape", "image", "line"],
  ...["point", "rect", "rule", "square", "text", "tick", "trail"],
];

/** The first mark in a specification that Vega-Lite does not have: over it Vega-Lite stumbles without naming it. */
export function unknownMark(specification: object): string | undefined {
  for (const [name, child] of Object.entries(specification)) {
    const found = name === "mark" ? unknownName(child) : undefined;
    if (found !== undefined) return found;
    if (name === "data" || name === "datasets" || typeof child !== "object" || child === null) continue;
    const inside = unknownMark(child);
    if (inside !== undefined) return inside;
  }
  return undefined;
}

function unknownName(mark: unknown): string | undefined {
  const name: unknown = typeof mark === "object" && mark !== null && "type" in mark ? mark.type : mark;
  return typeof name === "string" && !VEGA_LITE_MARKS.includes(name) ? name : undefined;
}
