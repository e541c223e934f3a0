import type { Table } from "apache-arrow";
import { withColumnMetadata } from "./columns.ts";
import { tableFromGeoJson } from "./geo-json.ts";
import { ownLabel } from "./own-label.ts";

/** GeoJSON as a table with the label of what is made by hand; undefined for anything else. */
export function tableOfGeoJson(value: object): Table | undefined {
  const table = tableFromGeoJson(value);
  if (!table) return undefined;
  const own = ownLabel(value);
  return withColumnMetadata(table, () => own);
}
