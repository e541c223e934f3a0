import { type Access, DISPLAY_SYMBOL, type Displayable, type MimeBundle } from "@tombolo/bundle";

/** What an import did. */
export interface ImportSummary {
  readonly id: string;
  readonly title: string;
  /** False when the store already had just this. */
  readonly changed: boolean;
  readonly counts: { readonly subjects: number; readonly fixedValues: number; readonly timedValues: number };
  readonly subjectType: string;
  readonly access: Access;
  readonly attribution: string;
  readonly licence: string;
  readonly seconds: number;
  readonly warnings: readonly string[];
}

/** An {@link ImportSummary} that shows itself in a notebook as one sentence. */
export interface ImportReport extends ImportSummary, Displayable {}

/** Gives a summary its sentence. */
export function importReport(summary: ImportSummary): ImportReport {
  return { ...summary, [DISPLAY_SYMBOL]: () => describe(summary) };
}

function describe({
  title,
  changed,
  counts,
  subjectType,
  access,
  attribution,
  licence,
  warnings,
}: ImportSummary): MimeBundle {
  const values = counts.fixedValues + counts.timedValues;
  const amount = `${counts.subjects.toLocaleString("en")} × ${subjectType}${values > 0 ? `, ${values.toLocaleString("en")} values` : ""}`;
  const state = changed ? "imported" : "already in the store";
  const source = [attribution, licence].filter((text) => text !== "").join(" ");
  return {
    data: {
      "text/plain": [`${title}: ${amount} ${state} (${access}).`, source, ...warnings]
        .filter((line) => line !== "")
        .join("\n"),
    },
  };
}
