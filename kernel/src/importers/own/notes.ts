import type { AreaKind } from "../areas/area.ts";
import type { Guess } from "./guess.ts";
import { describeLabel, type GuessedLabel } from "./guess-label.ts";
import type { LabelCounts } from "./label-rows.ts";
import type { OwnFileOptions } from "./options.ts";
import type { KnownAreas } from "./own-file.ts";
import type { ColumnProfile } from "./profile.ts";
import type { OwnRows } from "./read.ts";
import type { Series } from "./series.ts";

/** What was found out about a file. */
export interface Findings {
  readonly own: OwnRows;
  readonly guess: Guess;
  readonly profiles: readonly ColumnProfile[];
  readonly counts: LabelCounts;
  /** Column with the codes of areas of rows that are records in their areas. */
  readonly repeated: string | undefined;
  readonly isTimed: boolean;
  /** Which column of a long table tells what a row measures. */
  readonly series: Series | undefined;
  readonly known: KnownAreas | undefined;
  readonly attached: KnownAreas | undefined;
  readonly label: GuessedLabel;
  readonly options: OwnFileOptions;
}

/** What was guessed, in sentences that let the user see a mistake and say how to mend it. */
export function describeGuess(findings: Findings): string[] {
  const sentences = [
    ...findings.own.notes,
    labels(findings),
    records(findings),
    place(findings.guess),
    time(findings),
    series(findings),
    numbers(findings.guess),
    marks(findings),
    areas(findings),
    describeLabel(findings.label),
  ];
  return sentences.filter((sentence) => sentence !== undefined);
}

const KIND_WORDS: Readonly<Record<string, string>> = {
  outputArea: "output areas",
  lsoa: "lower layer super output areas",
  dataZone: "data zones",
  msoa: "middle layer super output areas",
  ward: "wards",
  localAuthority: "local authorities",
  county: "counties",
  region: "regions",
  constituency: "constituencies",
  country: "countries",
};

function labels(findings: Findings): string {
  const { guess, counts } = findings;
  const { label, area, postcodes, name } = guess;
  if (label === undefined) return "Rows are numbered; name a column with --label.";
  const what = area ? ` (${areaWords(guess, area)})` : postcodes ? " (postcodes)" : "";
  const named = name !== undefined && name !== label ? `, name "${name}"` : "";
  return [`Label "${label}"${what}${named}${calledOtherwise(findings)}.`, ...leftOut(counts)].join(" ");
}

/** What the labels say of areas. */
function areaWords({ is2021, isByName }: Guess, area: AreaKind): string {
  const kind = KIND_WORDS[area];
  if (isByName) return `names of ${kind}`;
  if (is2021) return `codes of ${kind} of 2021`;
  return area === "lsoa" || area === "msoa" ? `codes of ${kind} of 2011 or 2021` : `codes of ${kind}`;
}

/** Who knows the column by its heading looks for it under that. */
function calledOtherwise({ guess: { label = "label", name }, attached }: Findings): string {
  if (attached) return "";
  const pairs = [[label, "label"], ...(name === undefined || name === label ? [] : [[name, "name"]])];
  const others = pairs
    .filter(([heading = "", called]) => heading.toLowerCase() !== called)
    .map(([, called]) => called);
  return others.length === 0 ? "" : `, which tables and maps call ${others.join(" and ")}`;
}

function records({ repeated }: Findings): string | undefined {
  return repeated === undefined
    ? undefined
    : `Codes of areas in "${repeated}" come more than once, so each row is a record in its area.`;
}

function leftOut({ rows, odd, totals }: LabelCounts): string[] {
  return [
    odd > 0 &&
      `${odd} of ${rows} ${rows === 1 ? "row" : "rows"} ${odd === 1 ? "has no label and is" : "have no label and are"} left out.`,
    totals > 0 &&
      `${totals} ${totals === 1 ? "row of totals is" : "rows of totals are"} left out; --totals keeps ${totals === 1 ? "it" : "them"}.`,
  ].filter((sentence) => sentence !== false);
}

function place({ place: where }: Guess): string | undefined {
  if (where?.type === "wkt" || where?.type === "hex") return `Shapes from "${where.column}" in ${where.crs}.`;
  if (where?.type === "pair") {
    const [first, option] = where.isNorthFirst
      ? ["latitude or northing", "--x"]
      : ["longitude or easting", "--y"];
    return `Points from "${where.column}" in ${where.crs}, ${first} first; ${option} ${quoted(where.column)} reads it the other way round.`;
  }
  if (where?.type !== "point") return undefined;
  const swapped = `, the other way round than they are called, because only so they lie in Britain; --x ${quoted(where.y)} --y ${quoted(where.x)} overrules it`;
  return `Points from "${where.x}" and "${where.y}" in ${where.crs}${where.isSwapped ? swapped : ""}.`;
}

/** A name as it is written in a magic's line. */
const quoted = (name: string) => (/^[\w.-]+$/.test(name) ? name : `"${name}"`);

function time({ guess, isTimed }: Findings): string | undefined {
  if (!guess.time || !isTimed) return undefined;
  return `Times from "${guess.time.column}", written as ${guess.time.format.name}.`;
}

const SHOWN_SERIES = 5;

/** A notebook is saved with this, so names in data that are not public are counted only. */
function series({ series: found, label }: Findings): string | undefined {
  if (!found) return undefined;
  const { column, names } = found;
  const more = names.length - SHOWN_SERIES;
  const shown = names.slice(0, SHOWN_SERIES).join(", ") + (more > 0 ? ` and ${more} more` : "");
  const told = label.access === "public" ? `: ${shown}` : `; there are ${names.length}`;
  return `Each text in "${column}" is a measurement of its own${told}.`;
}

function numbers({ values }: Guess): string | undefined {
  const commas = values.filter(({ number }) => number?.decimal === ",").map(({ column }) => `"${column}"`);
  return commas.length > 0 ? `Decimal commas in ${commas.join(", ")}.` : undefined;
}

/** Marks among the values that are kept; among texts a letter is none. */
function marks({ profiles, guess }: Findings): string | undefined {
  const totals = new Map<string, number>();
  for (const profile of profiles) {
    const value = guess.values.find(({ column }) => column === profile.name);
    const found = Object.entries(profile.marks).filter(([mark]) => value?.marks.includes(mark.toLowerCase()));
    for (const [mark, rows] of found) totals.set(mark, (totals.get(mark) ?? 0) + rows);
  }
  const count = [...totals.values()].reduce((sum, rows) => sum + rows, 0);
  if (count === 0) return undefined;
  return `${count} ${count === 1 ? "value" : "values"} marked ${[...totals.keys()].join(" ")} taken as missing.`;
}

function areas({ guess, counts, known, attached, label, options }: Findings): string | undefined {
  if (!guess.area || options.as !== undefined) return undefined;
  if (!known) {
    return `None of its areas is in the store, so its rows are subjects of their own without shapes; import boundaries first to hang its values on them.`;
  }
  // A notebook is saved with what an import tells, so codes of data that is not public are not quoted.
  const unknown = label.access === "public" ? `; unknown: ${known.unknown.join(", ")}` : "";
  const missing = known.unknown.length > 0 ? unknown : "";
  const matched = `${known.rows.toLocaleString("en")} of ${counts.labels.toLocaleString("en")} rows are areas of ${known.type.label} in the store${missing}`;
  if (attached && guess.isByName) return `${matched}; with --as they are subjects of their own.`;
  return attached ? `${matched}.` : `${matched}. That is too few, so its rows are subjects of their own.`;
}
