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

/** Pixels of an exported picture for each of its own. */
const DENSITY = 2;

/** More features than these make a drawing that programs open slowly or not at all. */
export const MOST_SVG_FEATURES = 5000;

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

/** The same as an SVG document. Throws a RangeError for more features than {@link MOST_SVG_FEATURES}. */
export function pageSvg(exported: Exported): string {
  const features = exported.layers.reduce((sum, { visible, spec }) => (visible ? sum + spec.count : sum), 0);
  if (features > MOST_SVG_FEATURES || exported.layers.some(({ colouring }) => colouring.type === "density"))
    throw new RangeError(`An SVG has at most ${MOST_SVG_FEATURES} features, each drawn; export a PNG.`);
  const ruler = element("canvas").getContext("2d");
  const context = new SvgContext((text, font) => {
    if (!ruler) return 6 * text.length;
    ruler.font = font;
    return ruler.measureText(text).width;
  });
  const { spec } = exported;
  paintPage(context, pageOf(exported, undefined));
  return context.document(spec.width, spec.height, spec.title);
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
    putImage({ width, height, pixels }) {
      const image = element("canvas");
      image.width = width;
      image.height = height;
      image.getContext("2d")?.putImageData(new ImageData(pixels, width, height), 0, 0);
      context?.drawImage(image, 0, 0, width / DENSITY, height / DENSITY);
    },
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
