import { element } from "../../output/element.ts";
import { tellingLayer } from "../telling-layer.ts";
import { layerCsv } from "./data.ts";
import { type Exported, fileName, pageCanvas, pagePdf, pageSvg, pictureOf, saveFile } from "./page.ts";

/** Ways to take a map away as a file, by their names on buttons; each gives a text that tells what was made, or an empty one. */
export type Ways = Readonly<Record<string, (exported: Exported) => Promise<string>>>;

/** The ways that need nothing but the map. */
export const WAYS: Ways = {
  "PNG picture": async (exported) => {
    return saveFile(
      await pictureOf(pageCanvas(exported), "image/png"),
      "image/png",
      fileName(exported.spec, "png"),
    );
  },
  "SVG drawing": async (exported) => {
    await fetchDetails(exported);
    return saveFile(pageSvg(exported), "image/svg+xml", fileName(exported.spec, "svg"));
  },
  "PDF page": async (exported) =>
    saveFile(await pagePdf(exported), "application/pdf", fileName(exported.spec, "pdf")),
  "CSV data": async (exported) => {
    const layer = tellingLayer(exported.layers);
    if (!layer) return "";
    return saveFile(await layerCsv(layer), "text/csv", fileName(exported.spec, "csv"));
  },
};

/** Fetches what features are described by. */
async function fetchDetails({ layers }: Exported): Promise<void> {
  await Promise.all(layers.filter(({ visible }) => visible).map((layer) => layer.fetchDetails()));
}

/** A panel with a button for each way to export; what cannot be exported is told below. */
export function exportPanel(exported: Exported, ways: Ways): HTMLElement {
  const note = element("p", { className: "tombolo-note", attributes: { role: "status" } });
  const buttons = Object.entries(ways).map(([text, save]) => {
    const button = element("button", { text, attributes: { type: "button" } });
    button.addEventListener("click", () => {
      note.textContent = "";
      save(exported).then(
        (made) => {
          note.textContent = made;
        },
        (error: unknown) => {
          note.textContent = error instanceof Error ? error.message : String(error);
        },
      );
    });
    return button;
  });
  return element("div", {
    className: "tombolo-map-panel tombolo-exports",
    attributes: { role: "group", "aria-label": "Export" },
    children: [...buttons, note],
  });
}
