import { UserError } from "../../errors.ts";
import { defineImporter } from "../importer.ts";

const WAY_OUT =
  "Let the Python program write a file (CSV, GeoJSON, GeoPackage or Parquet) and %import it by its path, or describe the file with defineImporter.";

/**
 * The bridge of 2019 over which a Python program put objects into the database, one call for each. There is none here: files
 * carry data between languages faster, and the store can be read with pyarrow, pandas or DuckDB.
 */
export const python = defineImporter({
  id: "general/python",
  className: "uk.org.tombolo.importer.PythonImporter",
  version: 1,
  title: "Python",
  doc: `Once a bridge through which Python programs filled the database. ${WAY_OUT}`,
  provider: { label: "local", name: "Files of one's own" },
  licence: "",
  attribution: "",
  access: "internal",
  unitOfRecord: undefined,
  datasources: [],
  unlisted: (id) => {
    throw new UserError(`${id} cannot be imported: there is no bridge to Python`, {
      where: id,
      hint: WAY_OUT,
    });
  },
});
