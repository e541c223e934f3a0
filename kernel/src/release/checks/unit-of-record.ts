import type { Finding } from "../finding.ts";
import { defineCheck } from "../subject.ts";

/** Columns behind which nobody stands. */
export const unitOfRecord = defineCheck({
  name: "unit-of-record",
  doc: "A number made from things alone, such as roads or trees, tells of nobody: the rules for counts of people are not for it.",
  run({ preset, columns }) {
    if (preset.open) return [];
    return columns.flatMap(({ field: { name }, role }): Finding[] => {
      if (role !== "things") return [];
      const sentence = `${name}: made from things, not from records of people, events or organisations, so it goes out as it is.`;
      return [{ check: "unit-of-record", verdict: "pass", column: name, sentence }];
    });
  },
});
