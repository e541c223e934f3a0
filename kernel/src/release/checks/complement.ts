import { countOf } from "../../count-of.ts";
import { type Finding, firstRows } from "../finding.ts";
import { defineCheck } from "../subject.ts";

/** Cells from which a hidden one could be computed. */
export const complement = defineCheck({
  name: "complement",
  doc: "A hidden count follows from a total less the other counts; more cells are hidden until none does.",
  run({ counts, protection: { states, recovered } }) {
    return counts.columns.flatMap((column, index): Finding[] => {
      const from = index * counts.rows;
      const hidden = [...Array(counts.rows).keys()].filter((row) => states[from + row] === "C");
      const open = recovered
        .filter((cell) => Math.floor(cell / counts.rows) === index)
        .map((cell) => cell - from);
      const found: Finding[] = [];
      if (hidden.length > 0) {
        const sentence = `${column}: ${countOf(hidden.length, "more count")} hidden, because totals would give a small one away.`;
        found.push({ check: "complement", verdict: "pass", column, rows: firstRows(hidden), sentence });
      }
      if (open.length > 0) {
        const sentence = `${column}: ${countOf(open.length, "hidden count")} can be computed from earlier releases whatever is hidden here.`;
        found.push({ check: "complement", verdict: "fail", column, rows: firstRows(open), sentence });
      }
      return found;
    });
  },
});
