import { join, relative } from "node:path";
import { UserError } from "../errors.ts";
import { describeProtected } from "../release/describe.ts";
import { presets } from "../release/presets/index.ts";
import { findPreset } from "../release/release.ts";
import { releaseTable } from "../release/release-table.ts";
import { markdown } from "./documentation.ts";
import { defineMagic } from "./magic.ts";
import { recipeBehind } from "./recipe.ts";
import { tableOf } from "./tables.ts";
import { wordList } from "./word-list.ts";

/** `%release`: puts a result under disclosure control; only what comes out of it can be saved and shared. */
export const releaseMagic = defineMagic({
  name: "release",
  kinds: ["line"],
  summary:
    "Puts a result under the rules of a preset and, where its checks allow, writes what may be shared; the protected table is in the variable <table>_released.",
  arguments: [{ name: "table", doc: "the variable with the result", required: true, completes: "table" }],
  options: {
    preset: {
      type: "text",
      values: presets.map(({ name }) => name),
      doc: "the rules; standard unless told otherwise",
    },
    reason: { type: "text", doc: "why it is released, for the record" },
    behind: {
      type: "text",
      doc: "for a rate or mean the column that counts its people, as rate=people,mean=people",
    },
    largest: { type: "text", doc: "for an amount the column with its two largest parts, as turnover=top2" },
    parent: { type: "text", doc: "the column that names the row which is the total of the row" },
    without: { type: "text", doc: "columns left out, as name,born" },
    accept: { type: "flag", doc: "take the responsibility for what the checks leave to a person" },
    folder: { type: "text", doc: "folder of the releases; releases unless told otherwise" },
  },
  examples: ['%release isolation --preset nhs-hes --reason "for the council\'s meeting in May"'],
  async run(session, { words: [name = ""], options }) {
    const table = tableOf(session, name);
    const { engine } = await session.store();
    const folder = join(session.folder, options.folder ?? "releases");
    const preset = findPreset(options.preset ?? "standard");
    const { result, place } = await releaseTable(
      engine,
      table,
      {
        preset,
        behind: pairs(options.behind, "--behind"),
        largest: pairs(options.largest, "--largest"),
        without: wordList(options.without),
        parent: options.parent,
        accept: options.accept,
      },
      { name, reason: options.reason ?? "", folder, recipe: recipeBehind(table) },
    );
    const text = describeProtected(result, name, preset.name);
    if (!result.table || place === undefined) return markdown(text);
    session.variables.set(`${name}_released`, result.table);
    const written = relative(session.folder, place);
    return markdown(`${text}\n\nWritten to \`${written}\`; the table is in \`${name}_released\`.`);
  },
});

function pairs(text: string | undefined, option: string): Record<string, string> {
  return Object.fromEntries(
    wordList(text).map((pair) => {
      const [first = "", second = "", surplus] = pair.split("=");
      if (first === "" || second === "" || surplus !== undefined)
        throw new UserError(`${option} does not understand "${pair}"`, {
          where: option,
          hint: "Write column=column.",
        });
      return [first, second];
    }),
  );
}
