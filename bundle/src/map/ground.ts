import { colourOnGround, isDarkGround, luminance } from "../contrast.ts";
import { findPalette, type Palette, paletteColours } from "../palettes.ts";
import type { Colouring } from "./spec.ts";

/** The colours of a colouring's classes as they are seen on a ground. */
export function groundColours(colouring: Colouring, ground: string): string[] {
  const turned = isDarkGround(ground) ? turnedColours(colouring) : undefined;
  return colourOnGround(turned ?? colouring.colours, ground);
}

/**
 * The colours for a dark ground, where they are others: from little to much a palette goes away from its ground, so that the
 * strongest class stands out. Undefined where the colours are the same on any ground.
 */
export function turnedColours(colouring: Colouring): string[] | undefined {
  switch (colouring.type) {
    case "classes":
    case "density": {
      const palette = findPalette(colouring.palette);
      return palette && isForLight(palette) ? [...colouring.colours].reverse() : undefined;
    }
    case "bivariate":
      return turnedPairs(colouring.colours);
    default:
      return undefined;
  }
}

/** Whether a palette goes from pale to strong, as those made for paper do. */
function isForLight(palette: Palette): boolean {
  if (palette.type !== "sequential") return false;
  const [low = "#000000", , high = "#000000"] = paletteColours(palette, 3);
  return luminance(low) > luminance(high);
}

/** Nine colours with little of both and much of both changed round; what there is much of keeps its hue. */
function turnedPairs(colours: readonly string[]): string[] {
  return colours.map(
    (colour, group) => colours[3 * (2 - (group % 3)) + (2 - Math.floor(group / 3))] ?? colour,
  );
}
