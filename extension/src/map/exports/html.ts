import { escapeHtml } from "@tombolo/bundle";
import { valueTable } from "../map-table.ts";
import { type Exported, MOST_SVG_FEATURES, pageCanvas, pageSvg } from "./page.ts";

const STYLE =
  "body{font:14px system-ui,sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem}table{border-collapse:collapse}" +
  "th,td{border-bottom:1px solid #ddd;padding:.25rem .75rem;text-align:left}img,svg{max-width:100%;height:auto}";

/** A page that needs nothing else: the map as a drawing, or as a picture when it is large, and its values as a table. No script. */
export async function pageHtml(exported: Exported): Promise<string> {
  const { spec, layers } = exported;
  await Promise.all(layers.filter(({ visible }) => visible).map((layer) => layer.fetchDetails()));
  const features = layers.reduce((sum, layer) => (layer.visible ? sum + layer.spec.count : sum), 0);
  const drawn =
    features <= MOST_SVG_FEATURES && !layers.some(({ colouring }) => colouring.type === "density");
  const picture = drawn
    ? pageSvg(exported)
    : `<img alt="${escapeHtml(spec.title)}" src="${pageCanvas(exported).toDataURL("image/png")}">`;
  const top = layers.findLast(({ visible }) => visible);
  const table = top ? (await valueTable(top)).innerHTML : "";
  const policy = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">`;
  const head = `<meta charset="utf-8">${policy}<title>${escapeHtml(spec.title)}</title><style>${STYLE}</style>`;
  return `<!doctype html><html lang="en"><head>${head}</head><body>${picture}${table}<p>${escapeHtml(spec.source)}</p></body></html>\n`;
}
