import { join, relative } from "node:path";
import { computationsOf } from "../lineage/computation.ts";
import { unitsOfRecord } from "../lineage/units-of-record.ts";
import { resultOf } from "../recipe/run.ts";
import { describeProtected } from "../release/describe.ts";
import { ACCEPT_DOC, PRESET_NAMES, RELEASE_TEXTS, readReleaseOptions } from "../release/read-options.ts";
import { releaseTable } from "../release/release-table.ts";
import { markdown } from "./documentation.ts";
import { defineMagic } from "./magic.ts";
import { recipeBehind } from "./recipe.ts";
import { tableOf } from "./tables.ts";

/** `%release`: puts a result under disclosure control; only what comes out of it can be saved and shared. */
export const releaseMagic = defineMagic({
  name: "release",
  kinds: ["line"],
  summary:
    "Puts a result under the rules of a preset and, where its checks allow, writes what may be shared; the protected table is in the variable <table>_released.",
  arguments: [{ name: "table", doc: "the variable with the result", required: true, completes: "table" }],
  options: {
    preset: { type: "text", values: PRESET_NAMES, doc: RELEASE_TEXTS.preset },
    reason: { type: "text", doc: RELEASE_TEXTS.reason },
    behind: { type: "text", doc: RELEASE_TEXTS.behind },
    largest: { type: "text", doc: RELEASE_TEXTS.largest },
    parent: { type: "text", doc: RELEASE_TEXTS.parent },
    without: { type: "text", doc: RELEASE_TEXTS.without },
    accept: { type: "flag", doc: ACCEPT_DOC },
    folder: { type: "text", doc: RELEASE_TEXTS.folder },
  },
  examples: ['%release isolation --preset nhs-hes --reason "for the council\'s meeting in May"'],
  async run(session, { words: [name = ""], options }) {
    const table = tableOf(session, name);
    const store = await session.store();
    const plan = resultOf(table)?.plan;
    const units = unitsOfRecord(plan, store.datasets());
    const { result, place, preset } = await releaseTable(
      store.engine,
      table,
      { ...readReleaseOptions(options), units, computes: computationsOf(plan) },
      {
        name,
        reason: options.reason ?? "",
        folder: join(session.folder, options.folder ?? "releases"),
        recipe: recipeBehind(table),
      },
    );
    const text = describeProtected(result, name, preset.name);
    if (!result.table || place === undefined) return markdown(text);
    session.variables.set(`${name}_released`, result.table);
    const written = relative(session.folder, place);
    return markdown(`${text}\n\nWritten to \`${written}\`; the table is in \`${name}_released\`.`);
  },
});
