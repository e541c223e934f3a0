import { deflated, hexText, type PdfObject, streamObject, writeObjects } from "./pdf-objects.ts";
import type { TextPicture } from "./text-picture.ts";

/** A page's size in pixels of CSS. */
interface PageSize {
  readonly width: number;
  readonly height: number;
}

/** PDF counts in points: 72 to an inch, where CSS has 96 pixels. */
const POINTS_PER_PIXEL = 72 / 96;

/** A PDF of one page with one picture on it. The picture is a JPEG, which PDF takes as it is. */
export function pictureAsPdf(jpeg: Uint8Array, pixels: PageSize, page: PageSize, title: string): Blob {
  const [width, height] = [page.width, page.height].map((length) => (length * POINTS_PER_PIXEL).toFixed(2));
  const drawing = new TextEncoder().encode(`q ${width} 0 0 ${height} 0 0 cm /Picture Do Q`);
  const image = `/Type /XObject /Subtype /Image /Width ${pixels.width} /Height ${pixels.height} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode`;
  return writeObjects([
    ...pageObjects(page, "/XObject << /Picture 5 0 R >>"),
    streamObject("", drawing),
    streamObject(image, jpeg),
    [`<< /Title ${hexText(title)} >>`],
  ]);
}

/** What a page is drawn with. */
export interface PdfDrawing {
  /** Operators, in pixels from the top left. */
  readonly operators: string;
  /** Opacities that are used, from 0 to 1: `/A50` is 0.5. */
  readonly opacities: readonly number[];
  /** Texts that the fonts of every reader cannot write, as `/T0`, `/T1`, … */
  readonly pictures: readonly TextPicture[];
}

/** A PDF of one page that is drawn, sharp at every size. */
export async function drawingAsPdf(drawing: PdfDrawing, page: PageSize, title: string): Promise<Blob> {
  const { operators, opacities, pictures } = drawing;
  const matrix = `${POINTS_PER_PIXEL} 0 0 ${-POINTS_PER_PIXEL} 0 ${page.height * POINTS_PER_PIXEL} cm\n`;
  const content = await deflated(new TextEncoder().encode(matrix + operators));
  const fonts = ["Helvetica", "Helvetica-Bold"].map(
    (name, index) =>
      `/F${index} << /Type /Font /Subtype /Type1 /BaseFont /${name} /Encoding /WinAnsiEncoding >>`,
  );
  const states = opacities.map(
    (opacity) => `/A${Math.round(100 * opacity)} << /ca ${opacity} /CA ${opacity} >>`,
  );
  const images = pictures.map((_, index) => `/T${index} ${5 + 2 * index} 0 R`);
  const resources = `/Font << ${fonts.join(" ")} >> /ExtGState << ${states.join(" ")} >> /XObject << ${images.join(" ")} >>`;
  const shown = await Promise.all(pictures.map((picture, index) => pictureObjects(picture, 6 + 2 * index)));
  return writeObjects([
    ...pageObjects(page, resources),
    streamObject("/Filter /FlateDecode", content),
    ...shown.flat(),
    [`<< /Title ${hexText(title)} >>`],
  ]);
}

function pageObjects({ width, height }: PageSize, resources: string): PdfObject[] {
  const [right, top] = [width, height].map((length) => (length * POINTS_PER_PIXEL).toFixed(2));
  return [
    ["<< /Type /Catalog /Pages 2 0 R >>"],
    ["<< /Type /Pages /Kids [3 0 R] /Count 1 >>"],
    [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${right} ${top}] /Contents 4 0 R /Resources << ${resources} >> >>`,
    ],
  ];
}

/** A picture of one colour, and how much of it covers each pixel. */
async function pictureObjects(
  { width, height, colour, cover }: TextPicture,
  mask: number,
): Promise<PdfObject[]> {
  const pixels = new Uint8Array(3 * width * height).map((_, index) => colour[index % 3] ?? 0);
  const common = `/Type /XObject /Subtype /Image /Width ${width} /Height ${height} /BitsPerComponent 8 /Filter /FlateDecode`;
  return [
    streamObject(`${common} /ColorSpace /DeviceRGB /SMask ${mask} 0 R`, await deflated(pixels)),
    streamObject(`${common} /ColorSpace /DeviceGray`, await deflated(cover)),
  ];
}
