import { type SavedOutput, textOf } from "../notebook-file.ts";
import { accessOf, defineRule, isLabelledPublic } from "../rule.ts";

const HARMLESS = new Set([
  ...["text/plain", "text/markdown", "text/latex"],
  // The number of a widget: what it shows is kept with the notebook itself.
  "application/vnd.jupyter.widget-view+json",
]);

/** Pictures, pages and charts of which nobody has said that they are public. */
export const unlabelled = defineRule({
  name: "unlabelled",
  doc: "A picture, a chart or a page beside data that is not public may show it; maps, charts and tables of Tombolo say that they do not.",
  closedOnly: true,
  find(output) {
    const types = Object.keys(output.data).filter((type) => !HARMLESS.has(type));
    if (isPlainPage(output, types)) return undefined;
    if (types.length === 0 || isLabelledPublic(output)) return undefined;
    if (Object.values(output.data).some((value) => accessOf(value) === "closed")) return undefined;
    return `an output of ${types.join(", ")} without an access label`;
  },
});

/** Whether the only rich part is a short page without tables, pictures and programs, such as a line of progress. */
function isPlainPage(output: SavedOutput, types: readonly string[]): boolean {
  if (types.length !== 1 || types[0] !== "text/html") return false;
  const page = textOf(output, "text/html");
  return !/<(table|img|svg|script|iframe|object|embed|canvas)\b/i.test(page) && page.length < 2_000;
}
