import { quoteLiteral } from "./quote.ts";

/** The path of a file as SQL text, where SQL would take `data[1].csv` for a pattern, which `data1.csv` fits. */
export function quotePath(path: string): string {
  return quoteLiteral(path.replace(/[*?[]/g, "[$&]"));
}

/**
 * A call of one of DuckDB's readers for these files and nothing else: it would take a folder called `name=x` for a column of the data,
 * and put it in the place of one of that name in the file. `options` follow the paths.
 */
export function readFiles(
  reader: "read_csv" | "read_json" | "read_json_objects" | "read_parquet",
  paths: readonly string[],
  options = "",
): string {
  const further = options === "" ? "" : `, ${options}`;
  return `${reader}([${paths.map(quotePath).join(", ")}], hive_partitioning = false${further})`;
}
