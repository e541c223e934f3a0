import { type Classification, classLimits } from "../classify/class-limits.ts";
import { countClasses, countOf, NO_CLASS, SHADES, SUPPRESSED } from "../classify/classify.ts";
import type { GeometryKind } from "../geometry/geometry.ts";
import { DEFAULT_PALETTES, findPalette, PALETTES, type Palette, paletteColours } from "../palettes.ts";
import { assignClasses, type LayerValues } from "./assign.ts";
import type { BivariateColouring, CategoryColouring, ClassColouring, Colouring } from "./spec.ts";

/** How numbers become colours. */
export interface NumberColours extends Classification {
  readonly palette: string;
  readonly reversed: boolean;
  readonly kind: GeometryKind;
}

/** The colouring of a column of numbers. Kernel and front end make it alike, so that a map can be recoloured without the kernel. */
export function colourNumbers(
  column: string,
  values: LayerValues,
  { palette, reversed, kind, ...classification }: NumberColours,
  all: ArrayLike<number> = values.numbers(column),
): ClassColouring {
  const limits = classLimits(all, classification);
  const unclassed = classification.method === "unclassed";
  const classes = unclassed ? SHADES : Math.max(0, limits.length - 1);
  const colours = limits.length < 2 ? [] : numberColours(paletteOf(palette), classes, reversed, kind);
  const draft: ClassColouring = {
    ...{ type: "classes", column, method: classification.method, palette, reversed, limits, colours },
    ...{ counts: [], missing: 0, suppressed: 0 },
  };
  return { ...draft, ...countAll(assignClasses(draft, values), colours.length) };
}

/** The colours of classes. Lines and dots have no outline that would tell the palest of a palette from a white ground. */
function numberColours(palette: Palette, classes: number, reversed: boolean, kind: GeometryKind): string[] {
  if (kind === "polygon" || palette.type !== "sequential") return paletteColours(palette, classes, reversed);
  const colours = paletteColours(palette, classes + 1).slice(1);
  return reversed ? colours.reverse() : colours;
}

/** The colour of features whose kind has none of its own. */
const OTHERS_COLOUR = "#a3a7b0";

/** The palette for so many kinds, when none is asked for: with more than eight some people cannot tell all of them apart. */
export function categoryPalette(kinds: number): string {
  return kinds > 8 ? "Paired" : DEFAULT_PALETTES.qualitative;
}

/** The colouring of a column of kinds, the most frequent first; as many as the palette has colours get one of their own. */
export function colourCategories(column: string, values: LayerValues, wanted?: string): CategoryColouring {
  const texts = values.texts(column);
  const counted = new Map<string, number>();
  for (let feature = 0; feature < texts.length; feature++) {
    const text = texts[feature] ?? null;
    if (text !== null) counted.set(text, (counted.get(text) ?? 0) + 1);
  }
  const sorted = [...counted].sort(
    ([one, first], [other, second]) => second - first || (one < other ? -1 : 1),
  );
  const palette = wanted ?? categoryPalette(sorted.length);
  const { type, sets = [] } = paletteOf(palette);
  const most = type === "qualitative" ? (sets[0]?.length ?? 0) : 9;
  const categories = sorted.slice(0, most).map(([category]) => category);
  const others = sorted.length > categories.length ? [OTHERS_COLOUR] : [];
  const colours = [...paletteColours(paletteOf(palette), categories.length), ...others];
  const draft: CategoryColouring = {
    ...{ type: "categories", column, palette, categories, colours },
    ...{ counts: [], others: 0, missing: 0, suppressed: 0 },
  };
  const { counts, ...gaps } = countAll(assignClasses(draft, values), categories.length + 1);
  return { ...draft, ...gaps, counts: counts.slice(0, -1), others: counts.at(-1) ?? 0 };
}

/** Joshua Stevens' blue and purple: the first column to the right, the second upwards. */
const PAIR_COLOURS = [
  ...["#e8e8e8", "#ace4e4", "#5ac8c8"],
  ...["#dfb0d6", "#a5add3", "#5698b9"],
  ...["#be64ac", "#8c62aa", "#3b4994"],
];

/** The colouring of two columns of numbers, each in three classes. */
export function colourPairs(
  columns: readonly [string, string],
  values: LayerValues,
  classification: Omit<Classification, "classes">,
): BivariateColouring {
  const limitsOf = (column: string) => {
    const limits = classLimits(values.numbers(column), { ...classification, classes: 3 });
    return limits.slice(0, 4);
  };
  const draft: BivariateColouring = {
    ...{ type: "bivariate", columns, limits: [limitsOf(columns[0]), limitsOf(columns[1])] },
    ...{ colours: PAIR_COLOURS, counts: [], missing: 0, suppressed: 0 },
  };
  return { ...draft, ...countAll(assignClasses(draft, values), 9) };
}

/** The same colouring with the features counted anew: their values have changed, the classes have not. */
export function recount(colouring: Colouring, values: LayerValues): Colouring {
  if (colouring.type === "plain" || colouring.type === "density") return colouring;
  const { counts, ...gaps } = countAll(assignClasses(colouring, values), colouring.colours.length);
  if (colouring.type !== "categories") return { ...colouring, ...gaps, counts };
  const { length } = colouring.categories;
  return { ...colouring, ...gaps, counts: counts.slice(0, length), others: counts[length] ?? 0 };
}

function countAll(classes: Uint8Array, count: number) {
  return {
    counts: countClasses(classes, count),
    missing: countOf(classes, NO_CLASS),
    suppressed: countOf(classes, SUPPRESSED),
  };
}

function paletteOf(name: string): Palette {
  const found = findPalette(name) ?? findPalette(DEFAULT_PALETTES.sequential) ?? PALETTES[0];
  if (!found) throw new Error("there is no palette at all");
  return found;
}
