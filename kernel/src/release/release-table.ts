import type { Table } from "apache-arrow";
import { isNamedByData } from "../engine/column-names.ts";
import type { Engine } from "../engine/engine.ts";
import { sourceOf } from "../engine/result-columns.ts";
import { UserError } from "../errors.ts";
import { knownFromReleases } from "./earlier.ts";
import { nestedAreas } from "./nested-rows.ts";
import type { Preset } from "./preset.ts";
import { type Protected, protect, type ReleaseOptions } from "./release.ts";
import { recordOf, type WriteOptions, writeRelease } from "./write-release.ts";

/** What came of a release; `place` is the folder it was written to, when the checks let it out. */
export interface Release {
  readonly result: Protected;
  readonly preset: Preset;
  readonly place?: string;
}

/**
 * Puts a table under disclosure control, with the releases below the same folder in mind, and writes it down when its checks
 * allow. Throws a UserError without a reason.
 */
export async function releaseTable(
  engine: Engine,
  table: Table,
  options: Omit<ReleaseOptions, "earlier" | "nested">,
  write: WriteOptions,
): Promise<Release> {
  if (write.reason.trim() === "") {
    throw new UserError("A release needs a reason, which its record keeps", {
      where: "--reason",
      hint: 'Write --reason "…".',
    });
  }
  const { preset, without = [] } = options;
  const named = table.schema.fields.filter((field) => isNamedByData(field) && !without.includes(field.name));
  if (named.length > 0 && !preset.open) {
    throw new UserError(
      `The names of ${named.length} columns may be values of data that is not public, so they cannot be released`,
      { hint: "Write the names in a cell: with AS, or as in PIVOT … ON sex IN ('F', 'M')." },
    );
  }
  const result = await protect(table, {
    ...options,
    nested: preset.open ? [] : await nestedAreas(engine, table),
    earlier: (counts) => {
      const { computes } = options;
      const { folder } = write;
      return knownFromReleases(engine, { folder, table, counts, computes, source: sourceOf(table) });
    },
  });
  if (!result.table) return { result, preset };
  return {
    result,
    preset,
    place: await writeRelease(engine, result.table, recordOf(result, options, write), write),
  };
}
