import type { TopLevelSpec } from "vega-lite";

/** Name of the data of a chart that the specification does not bring along. */
export const CHART_ROWS = "rows";

/** Whether a chart as Vega has it reads {@link CHART_ROWS}: not when each of its parts brings its own data. */
export const readsRows = ({ data = [] }: { readonly data?: readonly { readonly name: string }[] }): boolean =>
  data.some(({ name }) => name === CHART_ROWS);

/** Parameter of a chart that tells whether any row is selected, so that the others can step back. */
export const HAS_SELECTION = "hasSelection";

/** Parameter of a chart by which rows are selected with the pointer. */
export const BRUSH = "brush";

/** What tells the kinds of views apart; with `spec`, what is repeated or split. */
const VIEWS = ["mark", "layer", "concat", "hconcat", "vconcat", "spec"];

/** Whether an object can be a Vega-Lite specification; Vega-Lite itself checks the rest. */
export function isVegaLite(value: unknown): value is TopLevelSpec {
  return typeof value === "object" && value !== null && VIEWS.some((name) => name in value);
}

/** Largest number of values that a specification may make out of nothing. */
const MOST_GENERATED = 200_000;
const DEEPEST = 60;
const SIZES = new Set(["width", "height"]);
const GENERATORS = new Set(["sequence", "graticule"]);

/** Largest width or height of a view, in pixels. */
const MOST_PIXELS = 20_000;

/**
 * Looks through a Vega-Lite specification. Throws a TypeError, whose message ends a sentence that says why there is no
 * chart, when it would make more values or pixels than a page can hold.
 */
export function checkVegaLite(specification: object): void {
  visit(specification, 0);

  function visit(value: unknown, depth: number): void {
    if (typeof value !== "object" || value === null) return;
    if (depth > DEEPEST) throw new TypeError("it is nested too deeply");
    // Data is many and harmless: only what the specification itself says is looked at.
    if (Array.isArray(value) && depth > 0 && value.length > 2000) return;
    for (const [name, child] of Object.entries(value)) {
      if (name === "values") continue;
      checkPart(name, child);
      visit(child, depth + 1);
    }
  }
}

function checkPart(name: string, part: unknown): void {
  if (SIZES.has(name) && typeof part === "number" && !(part <= MOST_PIXELS))
    throw new TypeError(`its ${name} is more than ${MOST_PIXELS} pixels`);
  if (GENERATORS.has(name) && isObject(part)) checkGenerated(part);
}

function checkGenerated({ start, stop, step }: Readonly<Record<string, unknown>>): void {
  const [from, to, by] = [start ?? 0, stop ?? 0, step ?? 1];
  if (typeof step === "object" && step !== null) {
    const steps = Object.values(step).map(Number);
    if (steps.some((each) => !(each >= 0.5))) throw new TypeError("it makes too many lines");
    return;
  }
  if ([from, to, by].some((each) => typeof each !== "number"))
    throw new TypeError("its sequence has no numbers");
  const count = (Number(to) - Number(from)) / Number(by);
  if (!(count <= MOST_GENERATED)) throw new TypeError("it makes more values than can be drawn");
}

/** Names of the parameters by which a specification lets one select with the pointer, whatever it calls them. */
export function choicesOf(specification: object): string[] {
  const names: string[] = [];
  mapChoices(specification, (choice) => {
    if (typeof choice.name === "string") names.push(choice.name);
    return choice;
  });
  return names;
}

/** The specification with points selected as rows of the result: without it Vega knows them only by numbers of its own. */
export function selectingRows(specification: object): object {
  return mapChoices(specification, ({ select, ...choice }) => {
    const asked = typeof select === "string" ? { type: select } : select;
    const isOpen =
      isObject(asked) && asked.type === "point" && !("fields" in asked) && !("encodings" in asked);
    return { ...choice, select: isOpen ? { ...asked, fields: [ROW] } : select };
  });
}

/** Column of a chart's rows with the number of the row in the result. */
export const ROW = "row";

/** Makes other parameters of those by which one selects; those that move or filter by a legend are left as they are. */
function mapChoices(
  value: object,
  change: (choice: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>,
  depth = 0,
): object {
  if (depth > DEEPEST) return value;
  const entries = Object.entries(value).map(([name, child]: [string, unknown]) => {
    if (name === "params" && Array.isArray(child))
      return [
        name,
        child.map((each: unknown) =>
          isObject(each) && "select" in each && !("bind" in each) ? change(each) : each,
        ),
      ] as const;
    if (VIEWS.includes(name) && Array.isArray(child))
      return [
        name,
        child.map((each: unknown) => (isObject(each) ? mapChoices(each, change, depth + 1) : each)),
      ] as const;
    return [name, name === "spec" && isObject(child) ? mapChoices(child, change, depth + 1) : child] as const;
  });
  return Object.fromEntries(entries);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
