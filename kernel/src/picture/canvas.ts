import { createRequire } from "node:module";
import { join } from "node:path";
import type { Canvas, SKRSContext2D } from "@napi-rs/canvas";

/** Family name of the font that all pictures use: Inter, which the npm package `@fontsource/inter` carries. */
export const FONT = "Inter";

const FONT_FILES = ["latin-400", "latin-ext-400", "latin-600", "latin-ext-600"];

let registered = false;

/** A canvas of so many pixels, with the font at hand. */
export async function openCanvas(
  width: number,
  height: number,
): Promise<{ canvas: Canvas; context: SKRSContext2D }> {
  const { createCanvas, GlobalFonts } = await import("@napi-rs/canvas");
  if (!registered) {
    const folder = join(
      createRequire(import.meta.url).resolve("@fontsource/inter/package.json"),
      "..",
      "files",
    );
    for (const name of FONT_FILES)
      GlobalFonts.registerFromPath(join(folder, `inter-${name}-normal.woff2`), FONT);
    registered = true;
  }
  const canvas = createCanvas(Math.round(width), Math.round(height));
  return { canvas, context: canvas.getContext("2d") };
}

/** A canvas as a PNG in base64, as MIME bundles have it. */
export async function toBase64(canvas: Canvas): Promise<string> {
  return (await canvas.encode("png")).toString("base64");
}

/** The text cut to a width in pixels, with … in place of what is cut. */
export function fitText(context: SKRSContext2D, text: string, width: number): string {
  if (context.measureText(text).width <= width) return text;
  let end = text.length;
  while (end > 0 && context.measureText(`${text.slice(0, end)}…`).width > width) end--;
  return `${text.slice(0, end)}…`;
}

/** The text in lines no wider than so many pixels, at most so many. */
export function wrapText(context: SKRSContext2D, text: string, width: number, most: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line === "" || context.measureText(longer).width <= width) line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  lines.push(line);
  const shown = lines.slice(0, most);
  const last = lines.length > most ? `${shown.at(-1)} …` : (shown.at(-1) ?? "");
  return [...shown.slice(0, -1), fitText(context, last, width)];
}
