import { textsOf } from "../../engine/result-columns.ts";
import { looksPersonal } from "../../importers/own/looks-personal.ts";
import type { Finding } from "../finding.ts";
import { isName } from "../roles.ts";
import { type CheckSubject, defineCheck } from "../subject.ts";

const SINGLE = new Map([
  ["person", "a person"],
  ["household", "a household"],
  ["event", "an event"],
]);

/** Rows that are about one person, one home or one event each. */
export const people = defineCheck({
  name: "people",
  doc: "A row about one person, household or event is a record, not a statistic, whatever its numbers are.",
  run(subject) {
    const { preset, rowUnits } = subject;
    if (preset.open) return [];
    const single = rowUnits.flatMap((unit) => SINGLE.get(unit) ?? []);
    if (single.length > 0) {
      const sentence = `Each row is about ${single.join(" or ")}. Count them by area, and release the counts.`;
      return [{ check: "people", verdict: "fail", sentence }];
    }
    return personalTexts(subject);
  },
});

/** Rows of which nobody knows what they are about, but that look like people. */
function personalTexts({ table, columns }: CheckSubject): Finding[] {
  const texts = columns.filter(({ field, role }) => isName(field) || role === "category" || role === "count");
  const personal = looksPersonal(
    texts.map(({ field: { name } }) => ({
      name,
      values: textsOf(table, name).filter((text) => text !== null),
    })),
  );
  if (!personal) return [];
  return [
    {
      check: "people",
      verdict: "fail",
      sentence: `The rows look like records about people: ${personal.sentence}.`,
    },
  ];
}
