import { isGeometry } from "../../engine/arrow.ts";
import { looksPersonal } from "../../importers/own/looks-personal.ts";
import type { Finding } from "../finding.ts";
import type { ColumnRole } from "../roles.ts";
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
    return [...personalTexts(subject), ...nothingCounted(subject)];
  },
});

/** Roles of columns that say how many or how much of something. */
const FIGURES = new Set<ColumnRole>(["count", "figure", "amount", "things"]);

/** A table in which nothing is counted is a list. */
function nothingCounted({ columns, rowUnits }: CheckSubject): Finding[] {
  const isKnown = rowUnits.length > 0 && !rowUnits.includes("not known");
  if (isKnown || columns.some(({ role }) => FIGURES.has(role))) return [];
  const sentence =
    "Nothing is counted: a list of records is no statistic. Count them by area, and release the counts.";
  return [{ check: "people", verdict: "fail", sentence }];
}

/** So many rows, spread over the table, are enough to see what most of them look like. */
const SAMPLE = 2000;

/** Rows of which nobody knows what they are about, but that look like people. */
function personalTexts({ table }: CheckSubject): Finding[] {
  // Columns that are left out are looked at as well: without them the rows are about the same people.
  const texts = table.schema.fields.filter((field) => !isGeometry(field));
  const step = Math.ceil(table.numRows / SAMPLE);
  const rows = Array.from({ length: Math.ceil(table.numRows / step) || 0 }, (_, index) => index * step);
  const personal = looksPersonal(
    texts.map(({ name }) => {
      const column = table.getChild(name);
      return { name, values: rows.flatMap((row) => column?.get(row) ?? []).map(String) };
    }),
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
