import { isBuiltin } from "node:module";
import { pathToFileURL } from "node:url";
import { UserError } from "../../errors.ts";

/** Views that the standard for GeoPackages gives as examples, and some programs write. */
const STANDARD_VIEWS = new Set([
  "spatial_ref_sys",
  "st_spatial_ref_sys",
  "geometry_columns",
  "st_geometry_columns",
]);

/**
 * Throws for a GeoPackage that must not be read: a damaged one can end the process, and a view is a program of whoever wrote the
 * file. Needs a Node with SQLite, which kernels have.
 */
export async function checkGeoPackage(path: string, name: string): Promise<void> {
  if (!isBuiltin("node:sqlite")) return;
  const { DatabaseSync } = await import("node:sqlite");
  const address = pathToFileURL(path);
  // Nothing is written beside the file, and no lock is asked for.
  address.search = "?immutable=1";
  const database = new DatabaseSync(address, { readOnly: true });
  try {
    const [found] = database.prepare("PRAGMA quick_check(1)").all();
    if (found?.["quick_check"] !== "ok") throw new Error(String(found?.["quick_check"]));
    const views = database.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'view'").all();
    for (const { name: view, sql } of views) {
      if (STANDARD_VIEWS.has(String(view)) && !/\bwith\b/i.test(String(sql))) continue;
      throw new UserError(`${name} has a view, which is a program, and none is run`, {
        where: path,
        hint: "Save the rows of the view as a layer of their own, and import that file.",
      });
    }
  } finally {
    database.close();
  }
}
