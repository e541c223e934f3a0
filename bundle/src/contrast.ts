/** Red, green and blue, 0 to 255. */
export type Rgb = readonly [number, number, number];

/** A colour written as `#rrggbb`. */
export function rgbOf(colour: string): Rgb {
  const value = Number.parseInt(colour.slice(1, 7), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

/** A colour as `#rrggbb`. */
export function hexOf(rgb: Rgb): string {
  return `#${rgb.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`;
}

/** How far two colours are apart in lightness, 1 to 21 (WCAG 2). */
export function contrast(one: string, other: string): number {
  const [first, second] = [luminance(one), luminance(other)];
  return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05);
}

/** How much light a colour gives, 0 to 1 (WCAG 2). */
export function luminance(colour: string): number {
  const [red, green, blue] = rgbOf(colour).map((part) => {
    const value = part / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
}

/** So far a colour of a map is from its ground, as WCAG 2 asks it of graphics: also thin lines are seen. */
const LEAST_CONTRAST = 3;

/** Whether light things are seen on a ground. */
export function isDarkGround(ground: string): boolean {
  return luminance(ground) <= 0.2;
}

/**
 * The colours moved away from a dark ground where they come too near to it, the nearer the further, so that their order
 * stays. On a light ground they are left as their author has chosen them: there the outlines tell areas from the ground.
 */
export function colourOnGround(colours: readonly string[], ground: string): string[] {
  if (!isDarkGround(ground)) return [...colours];
  const nearest = Math.min(...colours.map((colour) => contrast(colour, ground)));
  if (nearest >= LEAST_CONTRAST) return [...colours];
  return colours.map((colour) => {
    const near = contrast(colour, ground);
    // Colours of more than twice the contrast stay; those below share what is between.
    const limit = 2 * LEAST_CONTRAST;
    if (near >= limit) return colour;
    const wanted = LEAST_CONTRAST + ((near - nearest) / (limit - nearest)) * (limit - LEAST_CONTRAST);
    return lightenTo(colour, ground, wanted);
  });
}

function lightenTo(colour: string, ground: string, wanted: number): string {
  const mix = (part: number): string => {
    const [red, green, blue] = rgbOf(colour);
    return hexOf([red + (255 - red) * part, green + (255 - green) * part, blue + (255 - blue) * part]);
  };
  let [low, high] = [0, 1];
  for (let step = 0; step < 12; step++) {
    const middle = (low + high) / 2;
    if (contrast(mix(middle), ground) < wanted) low = middle;
    else high = middle;
  }
  return mix(high);
}
