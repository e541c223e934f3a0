import { didYouMean } from "../nearest.ts";
import { RecipeMistake } from "./mistake.ts";

/** The exporters by their short names. */
export const EXPORTERS: Readonly<Record<"csv" | "geojson", string>> = {
  csv: "uk.org.tombolo.exporter.CSVExporter",
  geojson: "uk.org.tombolo.exporter.GeoJsonExporter",
};

/** The short name of an exporter given by any of its names. */
export function findExporter(name: string): "csv" | "geojson" | undefined {
  const last = (text: string) => text.slice(text.lastIndexOf(".") + 1);
  return (["csv", "geojson"] as const).find(
    (short) => short === name || EXPORTERS[short] === name || last(EXPORTERS[short]) === name,
  );
}

/** The mistake of naming an exporter that is not known. */
export function unknownExporter(name: string): RecipeMistake {
  const known = [...Object.keys(EXPORTERS), ...Object.values(EXPORTERS)];
  return new RecipeMistake(
    ["exporter"],
    `unknown exporter "${name}"`,
    didYouMean(name, known),
    "unknown-exporter",
  );
}
