import type { Finding } from "../finding.ts";
import { defineCheck } from "../subject.ts";

/** Rates and means whose count is not known, or that would give exact counts away. */
export const figures = defineCheck({
  name: "figures",
  doc: "A rate or mean of few people discloses as much as their count; one of exact counts undoes their rounding.",
  run({ preset, columns, behind }) {
    if (preset.open) return [];
    return columns.flatMap(({ field: { name }, role }): Finding[] => {
      if (role !== "figure" && role !== "amount") return [];
      const standsBehind = behind.get(name);
      if (!standsBehind) {
        const sentence = `${name}: for how many it stands is not in the table. Name the column with --behind, or leave it out with --without ${name}.`;
        return [{ check: "figures", verdict: "review", column: name, sentence }];
      }
      if ("ratio" in standsBehind || !preset.counts.round) return [];
      const sentence = `${name}: it is computed from exact counts, while the counts themselves are rounded.`;
      return [{ check: "figures", verdict: "review", column: name, sentence }];
    });
  },
});
