import * as d3 from "d3-scale-chromatic";

/** What a palette is for: from little to much, to both sides of a middle, or kinds without order. */
export type PaletteType = "sequential" | "diverging" | "qualitative";

/** A palette: its colours for each number of classes, or for any part from 0 to 1. */
export interface Palette {
  readonly name: string;
  readonly type: PaletteType;
  /** The most classes that people with colour blindness still tell apart; 0 when they do not. */
  readonly safeClasses: number;
  /** Colours for 3, 4, … classes, where its author has chosen them one by one. */
  readonly sets?: readonly (readonly string[])[];
  /** Any colour between; a palette of kinds has none. */
  readonly at?: (part: number) => string;
}

type Scheme = ReadonlyArray<ReadonlyArray<string>>;
type Interpolate = (part: number) => string;

const ALL = 12;

function brewer(name: string, type: PaletteType, sets: Scheme, at: Interpolate, safeClasses = ALL): Palette {
  return { name, type, safeClasses, sets: sets.slice(3), at };
}

function perceptual(name: string, at: Interpolate): Palette {
  return { name, type: "sequential", safeClasses: ALL, at };
}

function qualitative(name: string, colours: readonly string[], safeClasses: number): Palette {
  return { name, type: "qualitative", safeClasses, sets: [colours] };
}

/**
 * The 36 palettes of ColorBrewer (Cynthia Brewer, Apache-2.0; GnYlRd is RdYlGn the other way round), and perceptual ones
 * (matplotlib's, CC0; cividis by Nuñez, Anderton and Renslow). Which ones colour-blind people can read is ColorBrewer's word.
 */
export const PALETTES: readonly Palette[] = [
  brewer("YlGnBu", "sequential", d3.schemeYlGnBu, d3.interpolateYlGnBu),
  brewer("Blues", "sequential", d3.schemeBlues, d3.interpolateBlues),
  brewer("Greens", "sequential", d3.schemeGreens, d3.interpolateGreens),
  brewer("Oranges", "sequential", d3.schemeOranges, d3.interpolateOranges),
  brewer("Purples", "sequential", d3.schemePurples, d3.interpolatePurples),
  brewer("Reds", "sequential", d3.schemeReds, d3.interpolateReds),
  brewer("Greys", "sequential", d3.schemeGreys, d3.interpolateGreys),
  brewer("YlGn", "sequential", d3.schemeYlGn, d3.interpolateYlGn),
  brewer("GnBu", "sequential", d3.schemeGnBu, d3.interpolateGnBu),
  brewer("BuGn", "sequential", d3.schemeBuGn, d3.interpolateBuGn),
  brewer("PuBuGn", "sequential", d3.schemePuBuGn, d3.interpolatePuBuGn),
  brewer("PuBu", "sequential", d3.schemePuBu, d3.interpolatePuBu),
  brewer("BuPu", "sequential", d3.schemeBuPu, d3.interpolateBuPu),
  brewer("RdPu", "sequential", d3.schemeRdPu, d3.interpolateRdPu),
  brewer("PuRd", "sequential", d3.schemePuRd, d3.interpolatePuRd),
  brewer("OrRd", "sequential", d3.schemeOrRd, d3.interpolateOrRd),
  brewer("YlOrRd", "sequential", d3.schemeYlOrRd, d3.interpolateYlOrRd),
  brewer("YlOrBr", "sequential", d3.schemeYlOrBr, d3.interpolateYlOrBr),
  brewer("PuOr", "diverging", d3.schemePuOr, d3.interpolatePuOr),
  brewer("BrBG", "diverging", d3.schemeBrBG, d3.interpolateBrBG),
  brewer("PRGn", "diverging", d3.schemePRGn, d3.interpolatePRGn),
  brewer("PiYG", "diverging", d3.schemePiYG, d3.interpolatePiYG),
  brewer("RdBu", "diverging", d3.schemeRdBu, d3.interpolateRdBu),
  brewer("RdYlBu", "diverging", d3.schemeRdYlBu, d3.interpolateRdYlBu),
  brewer("RdGy", "diverging", d3.schemeRdGy, d3.interpolateRdGy, 0),
  brewer("RdYlGn", "diverging", d3.schemeRdYlGn, d3.interpolateRdYlGn, 0),
  brewer(
    "GnYlRd",
    "diverging",
    d3.schemeRdYlGn.map((colours) => [...colours].reverse()),
    (part) => d3.interpolateRdYlGn(1 - part),
    0,
  ),
  brewer("Spectral", "diverging", d3.schemeSpectral, d3.interpolateSpectral, 0),
  qualitative("Accent", d3.schemeAccent, 0),
  qualitative("Dark2", d3.schemeDark2, 3),
  qualitative("Paired", d3.schemePaired, 4),
  qualitative("Pastel1", d3.schemePastel1, 0),
  qualitative("Pastel2", d3.schemePastel2, 0),
  qualitative("Set1", d3.schemeSet1, 0),
  qualitative("Set2", d3.schemeSet2, 3),
  qualitative("Set3", d3.schemeSet3, 0),
  perceptual("viridis", d3.interpolateViridis),
  perceptual("cividis", d3.interpolateCividis),
  perceptual("magma", d3.interpolateMagma),
  perceptual("inferno", d3.interpolateInferno),
  perceptual("plasma", d3.interpolatePlasma),
  qualitative(
    "Okabe-Ito",
    ["#e69f00", "#56b4e9", "#009e73", "#f0e442", "#0072b2", "#d55e00", "#cc79a7", "#999999"],
    8,
  ),
];

/** The palettes of maps that are told no other: for numbers, for numbers to both sides of nought, for kinds. */
export const DEFAULT_PALETTES: Readonly<Record<PaletteType, string>> = {
  sequential: "YlGnBu",
  diverging: "PuOr",
  qualitative: "Okabe-Ito",
};

/** Names of the {@link PALETTES}. */
export const PALETTE_NAMES: readonly string[] = PALETTES.map(({ name }) => name);

/** The palette of a name, in capitals or not. */
export function findPalette(name: string): Palette | undefined {
  return PALETTES.find((palette) => palette.name.toLowerCase() === name.toLowerCase());
}

/** So many colours of a palette, as `#rrggbb`, from the lowest class to the highest. Kinds beyond its last colour begin anew. */
export function paletteColours({ type, sets = [], at }: Palette, count: number, reversed = false): string[] {
  const chosen = sets.find((colours) => colours.length === count);
  const any = sets[0] ?? [];
  const colours = Array.from({ length: count }, (_, index) => {
    if (type === "qualitative") return any[index % any.length] ?? "#999999";
    // With one or two classes, not the palest: it looks like nothing on white.
    const part = count === 1 ? 0.6 : count === 2 ? 0.25 + 0.5 * index : index / (count - 1);
    return chosen?.[index] ?? at?.(part) ?? "#999999";
  }).map(toHex);
  return reversed ? colours.reverse() : colours;
}

/** What speaks against a palette for numbers or for kinds, one sentence each; empty when nothing does. */
export function paletteWarnings(
  { name, type, safeClasses }: Palette,
  { numbers, classes }: { readonly numbers: boolean; readonly classes: number },
): string[] {
  const warnings: string[] = [];
  if (numbers && type === "qualitative")
    warnings.push(
      `The colours of ${name} have no order, but numbers do: ${DEFAULT_PALETTES.sequential} shows it.`,
    );
  if (!numbers && type !== "qualitative")
    warnings.push(
      `The colours of ${name} suggest an order that kinds do not have; ${DEFAULT_PALETTES.qualitative} does not.`,
    );
  if (classes > safeClasses && warnings.length === 0)
    warnings.push(`People with colour blindness cannot tell ${classes} colours of ${name} apart.`);
  return warnings;
}

function toHex(colour: string): string {
  if (colour.startsWith("#")) return colour.toLowerCase();
  const parts = colour.match(/\d+/g) ?? [];
  return `#${parts
    .slice(0, 3)
    .map((part) => Number(part).toString(16).padStart(2, "0"))
    .join("")}`;
}
