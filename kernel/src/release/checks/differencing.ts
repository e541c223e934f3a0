import { countOf } from "../../count-of.ts";
import { type Finding, firstRows } from "../finding.ts";
import { defineCheck } from "../subject.ts";

/** Counts that differ by a few from those of an earlier release. */
export const differencing = defineCheck({
  name: "differencing",
  doc: "Two releases of one source, by other areas, another date or another filter, whose counts differ by a few tell of those few; several together, whose columns or areas add up, tell what one of them hides. A release that replaces another is compared with it too; it is kept in the folder replaced.",
  run({ counts, preset, protection: { differing, complete } }) {
    const hidden = counts.columns.flatMap((column, index): Finding[] => {
      const rows = differing
        .filter((cell) => Math.floor(cell / counts.rows) === index)
        .map((cell) => cell % counts.rows);
      if (rows.length === 0) return [];
      const sentence = `${column}: ${countOf(rows.length, "count")} hidden, because an earlier release has nearly the same number or hides one that would follow.`;
      return [{ check: "differencing", verdict: "pass", column, rows: firstRows(rows), sentence }];
    });
    if (complete || preset.open) return hidden;
    const sentence =
      "Earlier releases of the source are too many, or too large, to be looked at all together: what several of them tell with this one is for a person to see.";
    return [...hidden, { check: "differencing", verdict: "review", sentence }];
  },
});
