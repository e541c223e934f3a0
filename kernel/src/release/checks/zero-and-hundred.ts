import { countOf } from "../../count-of.ts";
import { numbersOf } from "../../engine/result-columns.ts";
import { type Finding, firstRows } from "../finding.ts";
import { defineCheck } from "../subject.ts";

/** Shares of nothing or of all, which say the same of everyone. */
export const zeroAndHundred = defineCheck({
  name: "zero-and-hundred",
  doc: "A share of 0 or 100 % tells something of every person in the area, however many they are.",
  run({ table, preset, counts, protection, behind }) {
    if (preset.open) return [];
    return [...behind].flatMap(([column, standsBehind]): Finding[] => {
      if (!("ratio" in standsBehind)) return [];
      const { denominator, factor } = standsBehind.ratio;
      const rows = [...numbersOf(table, column).entries()]
        .filter(([, value]) => value === factor || value === 0)
        .map(([row]) => row)
        .filter((row) => protection.states[denominator * counts.rows + row] === "");
      if (rows.length === 0) return [];
      const sentence = `${column}: ${countOf(rows.length, "area")} with a share of 0 or 100 %, which tells something of everyone there.`;
      return [{ check: "zero-and-hundred", verdict: "review", column, rows: firstRows(rows), sentence }];
    });
  },
});
