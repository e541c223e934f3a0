/** A text as it covers pixels, for documents whose fonts do not have its letters. */
export interface TextPicture {
  readonly width: number;
  readonly height: number;
  readonly colour: readonly [number, number, number];
  /** 0 to 255 for each pixel. */
  readonly cover: Uint8Array<ArrayBuffer>;
  /** Where the picture is, in pixels of the page, and how large. */
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
}

/** Pixels of a picture for each of the page. */
const DENSITY = 4;

/** Paints a text whose baseline begins at a place. */
export function textPicture(
  text: string,
  font: string,
  size: number,
  [x, y]: readonly [number, number],
  colour: readonly [number, number, number],
): TextPicture {
  const canvas = new OffscreenCanvas(1, 1);
  const measured = contextOf(canvas, font).measureText(text).width;
  canvas.width = Math.max(1, Math.ceil(measured * DENSITY));
  canvas.height = Math.ceil(1.5 * size * DENSITY);
  const context = contextOf(canvas, font);
  context.scale(DENSITY, DENSITY);
  context.fillText(text, 0, 1.1 * size);
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  const cover = Uint8Array.from({ length: data.length / 4 }, (_, pixel) => data[4 * pixel + 3] ?? 0);
  const { width, height } = canvas;
  const box = { x, y: y - 1.1 * size, width: width / DENSITY, height: height / DENSITY };
  return { width, height, colour, cover, box };
}

function contextOf(canvas: OffscreenCanvas, font: string): OffscreenCanvasRenderingContext2D {
  const context = canvas.getContext("2d");
  if (!context) throw new Error("the browser gives no canvas to draw on");
  context.font = font;
  return context;
}
