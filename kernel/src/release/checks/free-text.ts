import type { Finding } from "../finding.ts";
import { defineCheck } from "../subject.ts";

/** Texts that may say anything. */
export const freeText = defineCheck({
  name: "free-text",
  doc: "Texts that are nearly all different may name people, and no rule for counts protects them.",
  run({ preset, columns }) {
    if (preset.open) return [];
    return columns.flatMap(({ field: { name }, role }): Finding[] => {
      if (role !== "free text") return [];
      const sentence = `${name}: its texts or times are nearly all different. Leave it out with --without ${name}.`;
      return [{ check: "free-text", verdict: "fail", column: name, sentence }];
    });
  },
});
