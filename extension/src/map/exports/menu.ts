import { element } from "../../output/element.ts";
import { layerCsv } from "./data.ts";
import { type Exported, fileName, pageCanvas, pageSvg, saveFile } from "./page.ts";
import { pictureAsPdf } from "./pdf.ts";

/** Ways to take a map away as a file. */
const WAYS: Readonly<Record<string, (exported: Exported) => Promise<void>>> = {
  "PNG picture": async (exported) => {
    saveFile(await blobOf(pageCanvas(exported), "image/png"), "image/png", fileName(exported.spec, "png"));
  },
  "SVG drawing": async (exported) => {
    await fetchDetails(exported);
    saveFile(pageSvg(exported), "image/svg+xml", fileName(exported.spec, "svg"));
  },
  "PDF page": async (exported) => {
    const canvas = pageCanvas(exported);
    const jpeg = new Uint8Array(await (await blobOf(canvas, "image/jpeg")).arrayBuffer());
    const { spec } = exported;
    saveFile(pictureAsPdf(jpeg, canvas, spec, spec.title), "application/pdf", fileName(spec, "pdf"));
  },
  "HTML page": async (exported) => {
    const { pageHtml } = await import("./html.ts");
    saveFile(await pageHtml(exported), "text/html", fileName(exported.spec, "html"));
  },
  "CSV data": async (exported) => {
    const layer = exported.layers.findLast(({ visible }) => visible);
    if (layer) saveFile(await layerCsv(layer), "text/csv", fileName(exported.spec, "csv"));
  },
};

/** Fetches what features are described by. */
async function fetchDetails({ layers }: Exported): Promise<void> {
  await Promise.all(layers.filter(({ visible }) => visible).map((layer) => layer.fetchDetails()));
}

/** A panel with a button for each way to export; what cannot be exported is told below. */
export function exportPanel(exported: Exported): HTMLElement {
  const note = element("p", { className: "tombolo-note", attributes: { role: "status" } });
  const buttons = Object.entries(WAYS).map(([text, save]) => {
    const button = element("button", { text, attributes: { type: "button" } });
    button.addEventListener("click", () => {
      note.textContent = "";
      save(exported).catch((error: unknown) => {
        note.textContent = error instanceof Error ? error.message : String(error);
      });
    });
    return button;
  });
  return element("div", {
    className: "tombolo-panel tombolo-exports",
    attributes: { role: "group", "aria-label": "Export" },
    children: [...buttons, note],
  });
}

function blobOf(canvas: HTMLCanvasElement, type: string): Promise<Blob> {
  return new Promise((resolve, reject) => {
    const taken = (blob: Blob | null) =>
      blob ? resolve(blob) : reject(new Error("the browser made no picture"));
    canvas.toBlob(taken, type, 0.92);
  });
}
