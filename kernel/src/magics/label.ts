import { ACCESS_LABELS } from "@tombolo/bundle/access";
import { isVegaLite } from "@tombolo/bundle/vega-lite";
import { isGeoJson } from "../engine/geo-json.ts";
import { isTable } from "../engine/is-table.ts";
import { label, type SaidLabel } from "../engine/label.ts";
import { ownLabel } from "../engine/own-label.ts";
import { UserError } from "../errors.ts";
import { drawLineage, type LineageNode, lineageOf } from "../lineage/lineage.ts";
import { resultOf } from "../recipe/run.ts";
import { defineMagic } from "./magic.ts";
import { isStored, namedTable } from "./named-table.ts";
import type { Session } from "./session.ts";
import { asTable, tableOf } from "./tables.ts";
import { callText } from "./typescript.ts";

/** `%label`: tells who may see a result, and why; of what was made by hand it also says so. */
export const labelMagic = defineMagic({
  name: "label",
  kinds: ["line"],
  summary:
    "Tells the access label of a result and where it comes from: the strictest of everything that it is computed from. Of what was made by hand it says who may see it.",
  arguments: [{ name: "table", doc: "the variable with the result", required: true, completes: "table" }],
  options: {
    access: {
      type: "text",
      values: ACCESS_LABELS,
      doc: "who may see a list, GeoJSON, a specification of a chart or a table without labels, made by hand",
    },
    reason: { type: "text", doc: "why the label is lower than what the notebook has read; kept with it" },
  },
  examples: [
    "%label isolation",
    '%label towns --access public --reason "typed from the page of the council"',
  ],
  typescript: ({ words: [name = ""], options }) =>
    "access" in options
      ? `${callText("label", [name], options)};`
      : `await magic("label", ${JSON.stringify(name)});`,
  async run(session, { words: [name = ""], options: { access, reason } }) {
    if (access !== undefined) relabel(session, name, { access, reason });
    else if (reason !== undefined)
      throw new UserError("%label --reason goes with --access", { where: "--reason" });
    return { data: { "text/plain": drawLineage(await lineage(session, name)) } };
  },
});

function relabel(session: Session, name: string, said: SaidLabel): void {
  const labelled = label(madeByHand(session, name) ?? tableOf(session, name), said);
  if (labelled !== session.variables.get(name)) session.variables.set(name, labelled);
}

/** A list, GeoJSON or specification in a variable. */
function madeByHand(session: Session, name: string): object | undefined {
  const value = session.variables.get(name);
  if (typeof value !== "object" || value === null || isTable(value)) return undefined;
  const isKnown = Array.isArray(value) ? asTable(value) : isVegaLite(value) || isGeoJson(value);
  return isKnown ? value : undefined;
}

async function lineage(session: Session, name: string): Promise<LineageNode> {
  const made = madeByHand(session, name);
  if (made && !Array.isArray(made)) {
    const { access, source } = ownLabel(made);
    return { title: name, access, from: source === undefined ? [] : [{ title: source, access, from: [] }] };
  }
  const table = await namedTable(session, name);
  const datasets = (await session.store()).datasets();
  const isOfStore = await isStored(session, name);
  return lineageOf(name, table, isOfStore ? "store" : { plan: resultOf(table)?.plan }, datasets);
}
