import type { ShownLayer } from "../map-layer.ts";

/** The features that are shown as comma-separated values (RFC 4180): labels, names and all columns of the map. */
export async function layerCsv(layer: ShownLayer): Promise<string> {
  const { columns } = layer.spec;
  await layer.columns.fetch(columns.map(({ name }) => name));
  const [labels, names] = await Promise.all([layer.columns.labels(), layer.columns.names()]);
  const values = layer.columns.at(layer.step);
  const lines = [["label", "name", ...columns.map(({ name }) => name)]];
  for (let feature = 0; feature < layer.spec.count; feature++) {
    if (!layer.isShown(feature)) continue;
    const cells = columns.map(({ name, type }) => {
      if (type === "text") return values.texts(name)[feature] ?? "";
      const number = values.numbers(name)[feature] ?? Number.NaN;
      // Seven digits are what single precision holds; more would be noise.
      return Number.isNaN(number) ? "" : String(type === "f32" ? Number(number.toPrecision(7)) : number);
    });
    lines.push([labels[feature] ?? "", names[feature] ?? "", ...cells]);
  }
  return `${lines.map((cells) => cells.map(csvCell).join(",")).join("\r\n")}\r\n`;
}

function csvCell(text: string): string {
  // A spreadsheet takes a text that begins so for a formula.
  const safe = /^[=@\t\r]|^[+-](?![\d.]|Infinity)/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
