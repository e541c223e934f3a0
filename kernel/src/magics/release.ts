import { join, relative } from "node:path";
import { noteMadeBy } from "../engine/made-by.ts";
import { computationsOf } from "../lineage/computation.ts";
import { unitsOfRecord } from "../lineage/units-of-record.ts";
import { resultOf } from "../recipe/run.ts";
import { describeProtected } from "../release/describe.ts";
import { RELEASE_OPTIONS, RELEASES_FOLDER, readReleaseOptions } from "../release/read-options.ts";
import { releaseTable } from "../release/release-table.ts";
import { unitsOfRows } from "../release/row-units.ts";
import { markdown } from "./documentation.ts";
import { defineMagic } from "./magic.ts";
import { recipeBehind } from "./recipe.ts";
import { tableOf } from "./tables.ts";
import { presetOfPack } from "./used-pack.ts";

/** `%release`: puts a result under disclosure control; only what comes out of it can be saved and shared. */
export const releaseMagic = defineMagic({
  name: "release",
  kinds: ["line"],
  summary:
    "Puts a result under the rules of a preset and, where its checks allow, writes what may be shared; the protected table is in the variable <table>_released.",
  arguments: [{ name: "table", doc: "the variable with the result", required: true, completes: "table" }],
  options: RELEASE_OPTIONS,
  examples: ['%release isolation --preset nhs-hes --reason "for the council\'s meeting in May"'],
  async run(session, { words: [name = ""], options }) {
    const table = tableOf(session, name);
    const store = await session.store();
    const plan = resultOf(table)?.plan;
    const units =
      unitsOfRecord(plan, store.datasets()) ?? (await unitsOfRows(store.engine, table, store.datasets()));
    const { result, place, preset } = await releaseTable(
      store.engine,
      table,
      {
        ...readReleaseOptions({ ...options, preset: options.preset ?? presetOfPack(table) }),
        units,
        computes: computationsOf(plan),
      },
      {
        name,
        reason: options.reason ?? "",
        folder: join(session.folder, options.folder ?? RELEASES_FOLDER),
        recipe: recipeBehind(table),
      },
    );
    noteMadeBy(table, { preset: preset.name });
    const text = describeProtected(result, name, preset.name);
    if (!result.table || place === undefined) return markdown(text);
    session.variables.set(`${name}_released`, result.table);
    const written = relative(session.folder, place);
    return markdown(`${text}\n\nWritten to \`${written}\`; the table is in \`${name}_released\`.`);
  },
});
