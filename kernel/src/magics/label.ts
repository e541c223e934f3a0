import { drawLineage, lineageOf } from "../lineage/lineage.ts";
import { resultOf } from "../recipe/run.ts";
import { defineMagic } from "./magic.ts";
import { namedTable } from "./named-table.ts";

/** `%label`: tells who may see a result, and why. */
export const labelMagic = defineMagic({
  name: "label",
  kinds: ["line"],
  summary:
    "Tells the access label of a result and where it comes from: the strictest of everything that it is computed from.",
  arguments: [{ name: "table", doc: "the variable with the result", required: true, completes: "table" }],
  options: {},
  examples: ["%label isolation"],
  async run(session, { words: [name = ""] }) {
    const table = await namedTable(session, name);
    const datasets = (await session.store()).datasets();
    return { data: { "text/plain": drawLineage(lineageOf(name, table, resultOf(table)?.plan, datasets)) } };
  },
});
