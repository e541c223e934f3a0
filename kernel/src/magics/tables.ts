import type { Table } from "apache-arrow";
import { saysGeoJson } from "../engine/geo-json-geometry.ts";
import { isTable } from "../engine/is-table.ts";
import { tableOfGeoJson } from "../engine/own-geo-json.ts";
import { tableOfRows } from "../engine/own-rows.ts";
import { isRecords } from "../engine/record-rows.ts";
import { UserError } from "../errors.ts";
import { didYouMean } from "../nearest.ts";
import type { Session } from "./session.ts";

/** A value as a table: a table itself, a list of plain objects, or GeoJSON; undefined for anything else. */
export function asTable(value: unknown): Table | undefined {
  if (isTable(value)) return value;
  if (isRecords(value)) return tableOfRows(value);
  return saysGeoJson(value) ? tableOfGeoJson(value) : undefined;
}

/** Names of the notebook's variables that hold tables, lists of plain objects, or GeoJSON. */
export function tableNames(session: Session): string[] {
  return session.variables.names().filter((name) => {
    const value = session.variables.get(name);
    return isTable(value) || isRecords(value) || saysGeoJson(value);
  });
}

/** The table in a variable of the notebook, or a UserError with the nearest names, also of others that there are. */
export function tableOf(session: Session, name: string, others: readonly string[] = []): Table {
  const table = asTable(session.variables.get(name));
  if (table) return table;
  const names = [...tableNames(session), ...others];
  if (session.variables.has(name)) {
    throw new UserError(`"${name}" is not a table`, { where: name, hint: didYouMean(name, names) });
  }
  const hint =
    names.length > 0 ? didYouMean(name, names) : "Make one first, with %import, %%recipe or %%sql.";
  throw new UserError(`There is no table "${name}"`, { where: name, hint });
}
