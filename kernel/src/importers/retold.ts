import { types } from "node:util";
import type { Engine } from "../engine/engine.ts";
import { rowsOf } from "../engine/rows.ts";
import { withoutValues } from "../engine/without-values.ts";
import { UserError } from "../errors.ts";
import { didYouMean } from "../nearest.ts";
import type { Job } from "./settle.ts";

/** An error of an import as its user is to see it: of a column that the file has not, by its name; of data that is not public without values. */
export async function retold(engine: Engine, error: unknown, job: Job): Promise<unknown> {
  return (
    (await missingColumn(engine, error, job)) ??
    withoutWords(withoutValues(error, job.importer.access, `${job.title} cannot be imported`), job)
  );
}

/** A publisher renames columns; the engine would tell of the query in which one is missed. */
async function missingColumn(engine: Engine, error: unknown, { title }: Job): Promise<UserError | undefined> {
  if (error instanceof UserError || !types.isNativeError(error)) return undefined;
  const [, column] = /Referenced column "([^"]+)" not found/.exec(error.message) ?? [];
  if (column === undefined) return undefined;
  const found = rowsOf(
    await engine.query(
      "SELECT column_name FROM duckdb_columns() WHERE table_name = 'source' ORDER BY column_index",
    ),
  );
  const names = found.map((row) => String(row["column_name"]));
  // A column that a table of the importer's own has not is no fault of the file.
  if (names.length === 0 || names.includes(column)) return undefined;
  return new UserError(`${title} has no column "${column}", so nothing was imported`, {
    hint: didYouMean(column, names),
    cause: error,
  });
}

/** The message of an error that an importer's own code throws may be made of what it read, so it stays out of the notebook. */
function withoutWords(error: unknown, { importer, title }: Job): unknown {
  if (importer.access === "public" || error instanceof UserError || !types.isNativeError(error)) return error;
  if (error.name === "InterruptedError" || error.name === "AbortError") return error;
  const [, line = ""] = /\n\s+at (?:.*[\\/(])?([^\\/()\n]+:\d+):\d+\)?/.exec(error.stack ?? "") ?? [];
  return new UserError(
    `${title} cannot be imported: its importer threw a ${error.name}${line && ` at ${line}`}`,
    {
      hint: `What it says is kept back, because the data are ${importer.access}: try the importer on made-up data.`,
    },
  );
}
