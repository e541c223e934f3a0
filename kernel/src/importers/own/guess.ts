import { UserError } from "../../errors.ts";
import { didYouMean } from "../../nearest.ts";
import { type AreaKind, areaKindNamed } from "../areas/area.ts";
import { byName, columnNamed, isSameName, numberOf } from "./columns.ts";
import { DATE_FORMATS, type DateFormat, dateFormatOf, isTimeHeading } from "./date-format.ts";
import { type NumberFormat, textMarks } from "./number-format.ts";
import type { OwnFileOptions } from "./options.ts";
import { type Place, placeColumns, placeOf } from "./place.ts";
import type { ColumnProfile } from "./profile.ts";
import type { OwnRows } from "./read.ts";

/** A column whose values are kept. */
export interface ValueColumn {
  readonly column: string;
  /** Label of its attribute where it is not the column's name. */
  readonly label?: string;
  /** How its numbers are written; text when absent. */
  readonly number?: NumberFormat;
  readonly unit?: string;
  /** Marks for missing values that occur in it, in lower case. */
  readonly marks: readonly string[];
}

/** What the columns of a file are taken to be. */
export interface Guess {
  /** Column with the label; rows are numbered without one. */
  readonly label: string | undefined;
  /** Kind of area whose codes the labels are. */
  readonly area: AreaKind | undefined;
  /** Whether the rows are areas by their names, not by codes. */
  readonly isByName?: boolean;
  /** Whether the codes can only be those of 2021. */
  readonly is2021: boolean;
  /** Whether the labels are postcodes. */
  readonly postcodes: boolean;
  readonly name: string | undefined;
  readonly place: Place | undefined;
  readonly time: { readonly column: string; readonly format: DateFormat } | undefined;
  readonly values: readonly ValueColumn[];
  /** Columns with a text in each row, without blanks around it. */
  readonly bare: ReadonlySet<string>;
}

const LABEL_NAMES = [
  "label",
  "code",
  "id",
  "geo_code",
  "gss_code",
  "gss code",
  "ons code",
  "area code",
  "geography code",
];
const NAME_NAMES = ["name", "nm", "title", "label", "area name", "geography", "area"];

/** A code beyond the last of 2011 was made in 2021. */
const LAST_OF_2011: Readonly<Partial<Record<AreaKind, Readonly<Record<string, string>>>>> = {
  lsoa: { E: "E01033768", W: "W01001958" },
  msoa: { E: "E02006934", W: "W02000423" },
};

/** What is known of a file before its columns are guessed. */
interface FileFacts {
  readonly file: string;
  readonly own: Pick<OwnRows, "hasShapes">;
  /** Whether each row is a record in its area, and not the area. */
  readonly areRecords?: boolean;
}

/**
 * What the columns of a file are taken to be: what its user says, then what the headings and the shape of the texts say. Throws a UserError
 * when a column that is named is not there, or is not what it is said to be.
 */
export function guessColumns(
  profiles: readonly ColumnProfile[],
  options: OwnFileOptions,
  { file, own, areRecords = false }: FileFacts,
): Guess {
  const find = (name: string | undefined) =>
    name !== undefined ? columnNamed(profiles, name, file) : undefined;
  const place = placeOf(profiles, options, file, own.hasShapes);
  const repeated = place !== undefined || areRecords ? repeatedCodes(profiles) : new Set<string>();
  const label =
    find(options.label) ??
    areaColumn(profiles, repeated) ??
    byName(profiles, LABEL_NAMES, repeated) ??
    (place ? undefined : postcodeColumn(profiles));
  const area = label && areaIn(label);
  const taken = new Set([label?.name, ...placeColumns(place)]);
  const name =
    find(options.name) ??
    nameBeside(profiles, label, taken) ??
    byName(profiles, NAME_NAMES, taken) ??
    (area && nameOfArea(profiles, taken));
  const time = timeOf(profiles, options, file, taken);
  const kept = keptColumns(profiles, options, file);
  const values = profiles
    .filter(
      (profile) =>
        kept(profile) &&
        ![label?.name, name?.name, time?.column, ...placeColumns(place)].includes(profile.name),
    )
    .map((profile) => valueColumn(profile, options));
  return {
    label: label?.name,
    area,
    is2021:
      area !== undefined &&
      label !== undefined &&
      label.last > (LAST_OF_2011[area]?.[label.last[0] ?? ""] ?? "Z"),
    postcodes: label !== undefined && label.filled > 0 && label.postcodes === label.filled,
    name: (name ?? (area ? undefined : label))?.name,
    place,
    time,
    values,
    bare: new Set(profiles.filter(({ isBare }) => isBare).map((profile) => profile.name)),
  };
}

/** The guess where its time does not tell rows apart, so that it is a value like others. */
export function withTimeAsValue(
  guess: Guess,
  profiles: readonly ColumnProfile[],
  options: OwnFileOptions,
): Guess {
  const kept = new Set([guess.time?.column, ...guess.values.map(({ column }) => column)]);
  const wanted = options.columns?.split(",").map((name) => name.trim());
  const isWanted = ({ name }: ColumnProfile) =>
    name !== guess.time?.column || (wanted?.some((other) => isSameName(other, name)) ?? true);
  const values = profiles
    .filter((profile) => kept.has(profile.name) && isWanted(profile))
    .map((profile) => valueColumn(profile, options));
  return { ...guess, time: undefined, values };
}

function valueColumn(profile: ColumnProfile, options: OwnFileOptions): ValueColumn {
  const number = numberOf(profile, options);
  // A unit stands in brackets at the end of a heading: `Area (km²)`.
  const unit = number?.unit ?? (number && /\(([^()]{1,12})\)\s*$/.exec(profile.name)?.[1]);
  const found = [...new Set(Object.keys(profile.marks).map((mark) => mark.toLowerCase()))];
  const marks = number ? found : textMarks(found);
  return {
    column: profile.name,
    marks,
    ...(number && { number }),
    ...(unit && { unit }),
  };
}

/** The kind of area whose codes most texts of a column are; totals and notes may stand among them. */
function areaIn({ areas, filled }: ColumnProfile): AreaKind | undefined {
  const [best] = (Object.entries(areas) as [AreaKind, number][]).sort(
    ([, first], [, second]) => second - first,
  );
  return best && filled > 0 && best[1] >= filled * 0.5 ? best[0] : undefined;
}

/** Columns with codes of areas that come more than once: beside coordinates, or in records, a code tells where a thing lies. */
const repeatedCodes = (profiles: readonly ColumnProfile[]): ReadonlySet<string> =>
  new Set(
    profiles
      .filter((profile) => areaIn(profile) !== undefined && profile.distinct < profile.filled)
      .map(({ name }) => name),
  );

/** The column with the finest codes of areas. */
function areaColumn(
  profiles: readonly ColumnProfile[],
  repeated: ReadonlySet<string>,
): ColumnProfile | undefined {
  return profiles
    .filter((profile) => areaIn(profile) !== undefined && !repeated.has(profile.name))
    .sort((first, second) => second.distinct - first.distinct)[0];
}

function postcodeColumn(profiles: readonly ColumnProfile[]): ColumnProfile | undefined {
  return profiles.find(
    ({ filled, postcodes, distinct }) => filled > 0 && postcodes === filled && distinct === filled,
  );
}

/** The name that belongs to a code by its heading: `LSOA21CD` and `LSOA21NM`, `Area Code` and `Area Name`. */
function nameBeside(
  profiles: readonly ColumnProfile[],
  label: ColumnProfile | undefined,
  taken: ReadonlySet<string | undefined>,
): ColumnProfile | undefined {
  if (!label) return undefined;
  const wanted = [
    label.name.replace(/CD$/i, "NM"),
    label.name.replace(/code/i, "name"),
    label.name.replace(/[\s_]*code$/i, ""),
  ];
  return profiles.find(
    (profile) =>
      !taken.has(profile.name) &&
      wanted.some((name) => isSameName(name, profile.name)) &&
      profile.name !== label.name,
  );
}

/** The column that is called like a kind of area, or a name, such as `Borough` or `Place name`. */
function nameOfArea(
  profiles: readonly ColumnProfile[],
  taken: ReadonlySet<string | undefined>,
): ColumnProfile | undefined {
  return profiles.find(
    (profile) =>
      !taken.has(profile.name) &&
      profile.filled > 0 &&
      profile.numbers.point === 0 &&
      areaIn(profile) === undefined &&
      (areaKindNamed(profile.name) !== undefined || /[ _]name$/i.test(profile.name)),
  );
}

/** The day on which somebody was born says nothing of when the rest was so. */
const BIRTH = /(?:^|[^a-z])(?:dob|born)(?:[^a-z]|$)|birth/i;

function timeOf(
  profiles: readonly ColumnProfile[],
  options: OwnFileOptions,
  file: string,
  taken: ReadonlySet<string | undefined>,
): Guess["time"] {
  const formats = DATE_FORMATS.map(({ name }) => name);
  if (options.dates !== undefined && !formats.includes(options.dates))
    throw new UserError(`There is no format of times "${options.dates}"`, {
      hint: didYouMean(options.dates, formats),
    });
  const format = (profile: ColumnProfile) => dateFormatOf(profile.dates, profile.filled, options.dates);
  if (options.when !== undefined) {
    const profile = columnNamed(profiles, options.when, file);
    const found = format(profile);
    if (found) return { column: profile.name, format: found };
    const odd = options.access === "public" ? profile.sample.find((text) => text !== "") : undefined;
    throw new UserError(
      `"${profile.name}" of ${file} is not a time in one format${odd ? `: "${odd}"` : ""}`,
      {
        hint: `Known: ${formats.join("; ")}.`,
      },
    );
  }
  for (const profile of profiles) {
    const found = taken.has(profile.name) || BIRTH.test(profile.name) ? undefined : format(profile);
    // Four digits may be any number, so that a year has to be called one.
    if (found && (isTimeHeading(profile.name) || found.name === "year-month-day"))
      return { column: profile.name, format: found };
  }
  return undefined;
}

function keptColumns(profiles: readonly ColumnProfile[], { columns }: OwnFileOptions, file: string) {
  if (columns === undefined) return () => true;
  const names = new Set(columns.split(",").map((name) => columnNamed(profiles, name.trim(), file).name));
  return ({ name }: ColumnProfile) => names.has(name);
}
