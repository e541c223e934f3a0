import type { ImporterAttribute } from "../importers/importer.ts";

/** The unit of a measurement, or in words why it has none. */
export function unitOrReason({ unit, kind }: Pick<ImporterAttribute, "unit" | "kind">): string | undefined {
  if (unit !== undefined) return unit;
  if (kind === "rate") return "share of 1";
  if (kind === "index" || kind === "percentile" || kind === "category") return "none";
  return undefined;
}
