import { countOf } from "../../count-of.ts";
import { type Finding, firstRows } from "../finding.ts";
import { defineCheck } from "../subject.ts";

/** Small counts, which the preset hides. */
export const threshold = defineCheck({
  name: "threshold",
  doc: "A small count can stand for people who are known; the preset hides it.",
  run({ counts, protection: { states } }) {
    return counts.columns.flatMap((column, index): Finding[] => {
      const rows = [...Array(counts.rows).keys()].filter((row) => states[index * counts.rows + row] === "c");
      if (rows.length === 0) return [];
      const sentence = `${column}: ${countOf(rows.length, "small count")} hidden.`;
      return [{ check: "threshold", verdict: "pass", column, rows: firstRows(rows), sentence }];
    });
  },
});
