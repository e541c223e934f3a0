/**
 * Sequential palettes that people with colour blindness can read, from light to dark (ColorBrewer by Cynthia Brewer,
 * Apache-2.0; viridis by Stéfan van der Walt and Nathaniel Smith, CC0), nine colours each.
 */
export const PALETTES = {
  blues: ["#f7fbff", "#deebf7", "#c6dbef", "#9ecae1", "#6baed6", "#4292c6", "#2171b5", "#08519c", "#08306b"],
  greens: ["#f7fcf5", "#e5f5e0", "#c7e9c0", "#a1d99b", "#74c476", "#41ab5d", "#238b45", "#006d2c", "#00441b"],
  oranges: [
    "#fff5eb",
    "#fee6ce",
    "#fdd0a2",
    "#fdae6b",
    "#fd8d3c",
    "#f16913",
    "#d94801",
    "#a63603",
    "#7f2704",
  ],
  purples: [
    "#fcfbfd",
    "#efedf5",
    "#dadaeb",
    "#bcbddc",
    "#9e9ac8",
    "#807dba",
    "#6a51a3",
    "#54278f",
    "#3f007d",
  ],
  "yellow-green-blue": [
    "#ffffd9",
    "#edf8b1",
    "#c7e9b4",
    "#7fcdbb",
    "#41b6c4",
    "#1d91c0",
    "#225ea8",
    "#253494",
    "#081d58",
  ],
  viridis: [
    "#fde725",
    "#addc30",
    "#5ec962",
    "#28ae80",
    "#21918c",
    "#2c728e",
    "#3b528b",
    "#472d7b",
    "#440154",
  ],
} as const;

/** Name of one of the {@link PALETTES}. */
export type PaletteName = keyof typeof PALETTES;

/** Names of the {@link PALETTES}. */
export const PALETTE_NAMES: readonly string[] = Object.keys(PALETTES);

/** Whether a text names a palette. */
export function isPaletteName(name: string): name is PaletteName {
  return Object.hasOwn(PALETTES, name);
}

/** So many colours of a palette, light to dark. The lightest is left out where it can be: on white it looks like nothing. */
export function paletteColours(name: PaletteName, count: number): string[] {
  const all = PALETTES[name];
  const first = count < all.length ? 1 : 0;
  const steps = all.length - 1 - first;
  return Array.from({ length: count }, (_, index) => {
    const position = count === 1 ? all.length - 3 : first + Math.round((index * steps) / (count - 1));
    return all[position] ?? all[0];
  });
}
