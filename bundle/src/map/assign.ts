import { classify, NO_CLASS, SUPPRESSED, shade } from "../classify/classify.ts";
import type { Colouring, SizeSpec } from "./spec.ts";

/** The values of a layer's columns at one time, one a feature. */
export interface LayerValues {
  readonly count: number;
  /** Numbers of a column; NaN for a missing one. */
  numbers(column: string): ArrayLike<number>;
  /** Texts of a column. */
  texts(column: string): ArrayLike<string | null>;
  /** 1 for each value that was taken out; undefined when none was. */
  suppressed(column: string): ArrayLike<number> | undefined;
}

/** The class of each feature, as the painter takes it. */
export function assignClasses(colouring: Colouring, values: LayerValues): Uint8Array {
  switch (colouring.type) {
    case "plain":
    case "density":
      return new Uint8Array(values.count);
    case "classes": {
      const numbers = values.numbers(colouring.column);
      const assign = colouring.method === "unclassed" ? shade : classify;
      return markSuppressed(assign(numbers, colouring.limits), values, colouring.column);
    }
    case "categories":
      return markSuppressed(
        assignCategories(colouring.categories, values.texts(colouring.column)),
        values,
        colouring.column,
      );
    case "bivariate":
      return assignPairs(colouring, values);
  }
}

/** Category `i` is class `i`, any other is the class after the last. */
function assignCategories(categories: readonly string[], texts: ArrayLike<string | null>): Uint8Array {
  const known = new Map(categories.map((category, index) => [category, index]));
  return Uint8Array.from({ length: texts.length }, (_, feature) => {
    const text = texts[feature] ?? null;
    return text === null ? NO_CLASS : (known.get(text) ?? categories.length);
  });
}

function assignPairs(
  { columns, limits }: Extract<Colouring, { type: "bivariate" }>,
  values: LayerValues,
): Uint8Array {
  const [first, second] = columns.map((column, axis) =>
    markSuppressed(classify(values.numbers(column), limits[axis] ?? []), values, column),
  );
  return Uint8Array.from({ length: values.count }, (_, feature) => {
    const [one, other] = [first?.[feature] ?? NO_CLASS, second?.[feature] ?? NO_CLASS];
    if (one === SUPPRESSED || other === SUPPRESSED) return SUPPRESSED;
    return one === NO_CLASS || other === NO_CLASS ? NO_CLASS : 3 * other + one;
  });
}

function markSuppressed(classes: Uint8Array, values: LayerValues, column: string): Uint8Array {
  const taken = values.suppressed(column);
  if (taken)
    for (let feature = 0; feature < classes.length; feature++)
      if (taken[feature]) classes[feature] = SUPPRESSED;
  return classes;
}

/** Radius of each point or width of each line in pixels; 0 for a missing value, which is not drawn. */
export function assignSizes(
  { column, most, pixels }: SizeSpec,
  values: LayerValues,
  kind: "point" | "line",
): Float32Array {
  const numbers = values.numbers(column);
  return Float32Array.from({ length: values.count }, (_, feature) => {
    const value = Math.abs(numbers[feature] ?? Number.NaN);
    if (!Number.isFinite(value) || !(most > 0)) return 0;
    const part = Math.min(1, value / most);
    return kind === "line" ? 0.5 + (pixels - 0.5) * part : pixels * Math.sqrt(part);
  });
}
