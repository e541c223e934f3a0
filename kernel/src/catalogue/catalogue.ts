import type { CatalogueEntry } from "../importers/catalogue-entry.ts";
import { listDatasources } from "./listing.ts";

/** The catalogue in the shape of the 2019 system: one object for each datasource. */
export async function catalogueJson(): Promise<readonly CatalogueEntry[]> {
  return (await listDatasources()).map(({ entry }) => entry);
}

/** The catalogue as the text of a file. */
export async function catalogueText(format: "json" | "dcat"): Promise<string> {
  const value = format === "dcat" ? await (await import("./dcat.ts")).catalogueDcat() : await catalogueJson();
  return `${JSON.stringify(value, null, 2)}\n`;
}
