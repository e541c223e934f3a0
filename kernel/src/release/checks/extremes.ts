import { columnMetadata } from "../../engine/columns.ts";
import type { Finding } from "../finding.ts";
import { defineCheck } from "../subject.ts";

const EXTREME =
  /(^|[^a-z])(min(imum)?|max(imum)?|smallest|largest|lowest|highest|oldest|youngest)([^a-z]|$)/i;

/** Columns of smallest and largest values, each of which is one person's. */
export const extremes = defineCheck({
  name: "extremes",
  doc: "A smallest or largest value is the value of one person.",
  run({ preset, columns }) {
    if (preset.extremes) return [];
    return columns.flatMap(({ field, role }): Finding[] => {
      const { title = "" } = columnMetadata(field);
      if (role === "name" || role === "shape" || !EXTREME.test(`${field.name} ${title}`)) return [];
      const sentence = `${field.name}: smallest and largest values are each one person's. Leave it out with --without ${field.name}.`;
      return [{ check: "extremes", verdict: "fail", column: field.name, sentence }];
    });
  },
});
