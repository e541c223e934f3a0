import type { Access } from "@tombolo/bundle/access";
import { DISPLAY_SYMBOL, type Displayable, type MimeBundle } from "@tombolo/bundle/mime";
import type { Manifest } from "../store/manifest.ts";
import { viewName } from "../store/subject-type-views.ts";
import { OWN_PROVIDER } from "./own/provider.ts";

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
  /** What was guessed about a file of one's own. */
  readonly notes: readonly string[];
  /** What to write to see the rows of a file of one's own. */
  readonly next?: string;
}

/** An {@link ImportSummary} that shows itself in a notebook as one sentence. */
export interface ImportReport extends ImportSummary, Displayable {}

/** What a report is made from. */
export interface ReportInput {
  readonly manifest: Omit<Manifest, "files">;
  readonly changed: boolean;
  readonly warnings: readonly string[];
  readonly notes?: readonly string[];
  readonly seconds: number;
}

/** Tells what an import did. */
export function importReport({
  manifest,
  changed,
  warnings,
  notes = [],
  seconds,
}: ReportInput): ImportReport {
  const summary: ImportSummary = {
    id: manifest.importer,
    title: manifest.title,
    changed,
    counts: manifest.handedOver ?? manifest.rows,
    subjectType: manifest.subjectTypes.map(({ label }) => label).join(", "),
    access: manifest.access,
    attribution: manifest.attribution,
    licence: manifest.licence,
    seconds,
    warnings,
    notes,
    ...nextStep(manifest),
  };
  return { ...summary, [DISPLAY_SYMBOL]: () => describe(summary) };
}

/** People know what a publisher's data look like, and of their own file not what it has become. */
function nextStep({ providers = [], subjectTypes }: Omit<Manifest, "files">): Pick<ImportSummary, "next"> {
  const [type, ...others] = subjectTypes;
  if (!type || others.length > 0 || !providers.some(({ label }) => label === OWN_PROVIDER.label)) return {};
  return { next: `%table ${viewName(type)} shows it.` };
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
  notes,
  next = "",
}: ImportSummary): MimeBundle {
  const values = counts.fixedValues + counts.timedValues;
  const amounts = [
    ...(counts.subjects > 0 ? [`${counts.subjects.toLocaleString("en")} × ${subjectType}`] : []),
    ...(values > 0 || counts.subjects === 0 ? [`${values.toLocaleString("en")} values`] : []),
  ];
  const amount = amounts.join(", ");
  const isEmpty = values + counts.subjects === 0;
  const state = changed || isEmpty ? "imported" : "already in the store";
  const source = [attribution, licence].filter((text) => text !== "").join(" ");
  return {
    data: {
      "text/plain": [`${title}: ${amount} ${state} (${access}).`, source, ...notes, ...warnings, next]
        .filter((line) => line !== "")
        .join("\n"),
    },
  };
}
