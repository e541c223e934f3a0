import { accessOf, defineRule, isLabelledPublic } from "../rule.ts";

const HARMLESS = new Set(["text/plain", "text/markdown", "text/latex"]);

/** Pictures, pages and charts of which nobody has said that they are public. */
export const unlabelled = defineRule({
  name: "unlabelled",
  doc: "A picture, a chart or a page beside data that is not public may show it; maps, charts and tables of Tombolo say that they do not.",
  closedOnly: true,
  find(output) {
    const types = Object.keys(output.data).filter((type) => !HARMLESS.has(type));
    if (types.length === 0 || isLabelledPublic(output)) return undefined;
    if (Object.values(output.data).some((value) => accessOf(value) === "closed")) return undefined;
    return `an output of ${types.join(", ")} without an access label`;
  },
});
