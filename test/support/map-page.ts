import type { Locator, Page } from "playwright-core";
import proj4 from "proj4";

const NATIONAL_GRID =
  "+proj=tmerc +lat_0=49 +lon_0=-2 +k=0.9996012717 +x_0=400000 +y_0=-100000 +ellps=airy +towgs84=446.448,-125.157,542.06,0.15,0.247,0.842,-20.489 +units=m";

/** A place in degrees. */
export interface Place {
  readonly longitude: number;
  readonly latitude: number;
}

/** Where a place is on a map's canvas in the National Grid, in pixels of the canvas. */
export async function locate(canvas: Locator, { longitude, latitude }: Place): Promise<[number, number]> {
  const { viewX, viewY, pixelsPerMetre, crs } = await dataOf(canvas);
  if (crs !== "EPSG:27700") throw new Error(`the map is in ${crs}`);
  const [x = 0, y = 0] = proj4("WGS84", NATIONAL_GRID, [longitude, latitude]);
  const box = await canvas.boundingBox();
  if (!box) throw new Error("the map is not shown");
  const scale = Number(pixelsPerMetre);
  return [(x - Number(viewX)) * scale + box.width / 2, box.height / 2 - (y - Number(viewY)) * scale];
}

/** What a canvas says of itself: its view, and how often it was painted. */
export function dataOf(canvas: Locator): Promise<Record<string, string | undefined>> {
  return canvas.evaluate((node) => ({ ...(node as HTMLElement).dataset }));
}

/** The colour of a canvas's pixel as #rrggbb; #000000 where nothing is painted. */
export function colourAt(canvas: Locator, [x, y]: readonly [number, number]): Promise<string> {
  return canvas.evaluate(
    (node, [left, top]) => {
      if (!(node instanceof HTMLCanvasElement)) throw new Error("no canvas");
      const data = node
        .getContext("2d")
        ?.getImageData(Math.round(left * devicePixelRatio), Math.round(top * devicePixelRatio), 1, 1).data;
      return `#${[...(data ?? [])]
        .slice(0, 3)
        .map((part) => part.toString(16).padStart(2, "0"))
        .join("")}`;
    },
    [x, y] as const,
  );
}

/** The colour of an entry of a legend as #rrggbb. */
export function swatchColour(legend: Locator, entry: number): Promise<string> {
  return legend
    .locator(".tombolo-swatch")
    .nth(entry)
    .evaluate((node) => {
      const parts = getComputedStyle(node).backgroundColor.match(/\d+/g) ?? [];
      return `#${parts
        .slice(0, 3)
        .map((part) => Number(part).toString(16).padStart(2, "0"))
        .join("")}`;
    });
}

/** The colours of a canvas and how many pixels have each, the most frequent first; what is transparent is left out. */
export function coloursOf(canvas: Locator): Promise<[string, number][]> {
  return canvas.evaluate((node) => {
    if (!(node instanceof HTMLCanvasElement)) throw new Error("no canvas");
    const { data = new Uint8ClampedArray() } =
      node.getContext("2d")?.getImageData(0, 0, node.width, node.height) ?? {};
    const counts = new Map<string, number>();
    for (let at = 0; at < data.length; at += 4) {
      if (data[at + 3] !== 255) continue;
      const colour = `#${[0, 1, 2].map((part) => (data[at + part] ?? 0).toString(16).padStart(2, "0")).join("")}`;
      counts.set(colour, (counts.get(colour) ?? 0) + 1);
    }
    return [...counts].sort(([, one], [, other]) => other - one);
  });
}

/** Waits until every map of a page is painted for its view, and no other painting is under way. */
export async function settle(page: Page): Promise<void> {
  await page.waitForFunction(
    () => {
      const canvases = [...document.querySelectorAll<HTMLCanvasElement>("canvas.tombolo-canvas")];
      return (
        canvases.length > 0 &&
        canvases.every(({ dataset }) => dataset.pictures !== undefined && dataset.busy !== "true")
      );
    },
    undefined,
    { timeout: 30_000 },
  );
}

/** Shows JupyterLab in its dark or light colours, as far as views look at them. */
export async function setTheme(page: Page, theme: "dark" | "light"): Promise<void> {
  await page.evaluate(
    (light) => document.body.setAttribute("data-jp-theme-light", String(light)),
    theme === "light",
  );
  await settle(page);
}
