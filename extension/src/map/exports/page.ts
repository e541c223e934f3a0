import {
  formatNumber,
  LIGHT_THEME,
  type MapPage,
  type MapSpec,
  paintPage,
  SvgContext,
} from "@tombolo/bundle";
import type { FetchBlob } from "../../output/blobs.ts";
import { element } from "../../output/element.ts";
import type { ShownLayer } from "../map-layer.ts";
import type { MapStage } from "../stage.ts";
import { drawingAsPdf, pictureAsPdf } from "./pdf.ts";
import { PdfContext } from "./pdf-context.ts";

/** Pixels of an exported picture for each of its own. */
const DENSITY = 2;

/** More features than these make a drawing that programs open slowly or not at all. */
const MOST_DRAWN_FEATURES = 5000;

/** What is exported: the map as it is shown now. */
export interface Exported {
  readonly spec: MapSpec;
  readonly layers: readonly ShownLayer[];
  readonly stage: MapStage;
  readonly fetchBlob: FetchBlob;
  /** The map in words. */
  readonly description: string;
}

/** The map with its title, legend and source line, on white. */
export function pageCanvas(exported: Exported): HTMLCanvasElement {
  const { spec } = exported;
  const canvas = element("canvas");
  canvas.width = spec.width * DENSITY;
  canvas.height = spec.height * DENSITY;
  const context = canvas.getContext("2d");
  if (!context) throw new Error("the browser gives no canvas to draw on");
  context.scale(DENSITY, DENSITY);
  paintPage(context, pageOf(exported, context));
  return canvas;
}

/** Whether each feature of the map can be drawn by itself: not too many, and none counted by pixel. */
export function canBeDrawn({ layers }: Exported): boolean {
  const shown = layers.filter(({ visible }) => visible);
  const features = shown.reduce((sum, { spec }) => sum + spec.count, 0);
  return features <= MOST_DRAWN_FEATURES && !shown.some(({ colouring }) => colouring.type === "density");
}

/** The same as an SVG document. Throws a RangeError for what cannot be drawn. */
export function pageSvg(exported: Exported): string {
  if (!canBeDrawn(exported))
    throw new RangeError(`An SVG has at most ${MOST_DRAWN_FEATURES} features, each drawn; export a PNG.`);
  const context = new SvgContext(measureText());
  const { spec } = exported;
  paintPage(context, pageOf(exported, undefined));
  return context.document(spec.width, spec.height, spec.title);
}

/** What the fonts of every PDF reader look like. */
const PDF_FONT = "Helvetica, Arial, 'Liberation Sans', sans-serif";

/** The same as a PDF: drawn where it can be, else a picture. */
export async function pagePdf(exported: Exported): Promise<Blob> {
  const { spec } = exported;
  if (canBeDrawn(exported)) {
    const context = new PdfContext(measureText());
    paintPage(context, { ...pageOf(exported, undefined), font: PDF_FONT });
    return drawingAsPdf(context.drawing(), spec, spec.title);
  }
  const canvas = pageCanvas(exported);
  const jpeg = await pictureOf(canvas, "image/jpeg");
  return pictureAsPdf(new Uint8Array(await jpeg.arrayBuffer()), canvas, spec, spec.title);
}

/** What a canvas shows as a file. */
export function pictureOf(canvas: HTMLCanvasElement, type: string): Promise<Blob> {
  return new Promise((resolve, reject) => {
    const taken = (blob: Blob | null) =>
      blob ? resolve(blob) : reject(new Error("the browser made no picture"));
    canvas.toBlob(taken, type, 0.92);
  });
}

function measureText(): (text: string, font: string) => number {
  const ruler = element("canvas").getContext("2d");
  return (text, font) => {
    if (!ruler) return 6 * text.length;
    ruler.font = font;
    return ruler.measureText(text).width;
  };
}

function pageOf({ spec, layers, stage }: Exported, context: CanvasRenderingContext2D | undefined): MapPage {
  return {
    // The legend tells what is shown now, which may be another column than at first.
    spec: { ...spec, layers: layers.map((layer) => ({ ...layer.spec, colouring: layer.colouring })) },
    layers: layers.map((layer) =>
      layer.visible ? { ...layer.painted(), describe: describe(layer) } : undefined,
    ),
    view: viewOf(spec, stage),
    ...{ theme: LIGHT_THEME, font: "Inter, system-ui, sans-serif", density: DENSITY },
    putImage:
      context &&
      (({ width, height, pixels }) => {
        const image = element("canvas");
        image.width = width;
        image.height = height;
        image.getContext("2d")?.putImageData(new ImageData(pixels, width, height), 0, 0);
        context.drawImage(image, 0, 0, width / DENSITY, height / DENSITY);
      }),
  };
}

/** A feature's name and values, which a browser shows when one points at it in a document. */
function describe(layer: ShownLayer): (feature: number) => string {
  return (feature) =>
    [layer.nameOf(feature), ...layer.detailsOf(feature).map((detail) => detail.join(": "))].join("\n");
}

/** The same middle, with as much to be seen as on the page. */
function viewOf({ width }: MapSpec, { view, size }: MapStage): MapPage["view"] {
  return view && { ...view, scale: view.scale * Math.min(1, (width - 190) / size.width) };
}

/** Lets the browser save something as a file; its name and size in words. */
export function saveFile(content: BlobPart, type: string, name: string): string {
  const blob = new Blob([content], { type });
  const address = URL.createObjectURL(blob);
  const link = element("a", { attributes: { href: address, download: name } });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
  return `${name}: ${blob.size < 1000 ? `${blob.size} bytes` : `${formatNumber(blob.size / 1000, ",d")} kB`}`;
}

/** A title as the name of a file. */
export function fileName({ title, access }: MapSpec, ending: string): string {
  const words = title.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? ["map"];
  // Who finds the file must see that it is not for everybody.
  const label = access === "public" ? "" : `-${access}`;
  return `${words.join("-").slice(0, 80)}${label}.${ending}`;
}
