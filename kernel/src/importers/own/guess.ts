import { UserError } from "../../errors.ts";
import { didYouMean } from "../../nearest.ts";
import type { AreaKind } from "../areas/area.ts";
import { DATE_FORMATS, type DateFormat, dateFormatOf } from "./date-format.ts";
import { type NumberFormat, numberFormatOf, textMarks } from "./number-format.ts";
import type { OwnFileOptions } from "./options.ts";
import type { ColumnProfile } from "./profile.ts";

/** Where the rows of a file are. */
export type Place =
  | { readonly type: "shape" }
  | { readonly type: "wkt"; readonly column: string; readonly crs: string }
  | {
      readonly type: "point";
      readonly x: string;
      readonly y: string;
      readonly crs: string;
      readonly numbers: readonly [NumberFormat, NumberFormat];
    };

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
const X_NAMES = ["longitude", "lon", "long", "lng", "x", "easting", "eastings", "x_coord", "lon_wgs84"];
const Y_NAMES = ["latitude", "lat", "y", "northing", "northings", "y_coord", "lat_wgs84"];
const TIME_NAMES = /\b(year|date|period|time|month|quarter|day|timestamp|datetime)\b/i;

/** A code beyond the last of 2011 was made in 2021. */
const LAST_OF_2011: Readonly<Partial<Record<AreaKind, Readonly<Record<string, string>>>>> = {
  lsoa: { E: "E01033768", W: "W01001958" },
  msoa: { E: "E02006934", W: "W02000423" },
};

/**
 * What the columns of a file are taken to be: what its user says, then what the headings and the shape of the texts say. Throws a UserError
 * when a column that is named is not there, or is not what it is said to be.
 */
export function guessColumns(
  profiles: readonly ColumnProfile[],
  options: OwnFileOptions,
  file: string,
  hasShapes: boolean,
): Guess {
  const find = (name: string | undefined) =>
    name !== undefined ? columnNamed(profiles, name, file) : undefined;
  const place = placeOf(profiles, options, file, hasShapes);
  const coded = areaColumn(profiles, place !== undefined);
  const label =
    find(options.label) ??
    coded?.profile ??
    byName(profiles, LABEL_NAMES) ??
    (place ? undefined : postcodeColumn(profiles));
  const area = label && areaIn(label);
  const taken = new Set([label?.name, ...placeColumns(place)]);
  const name =
    find(options.name) ??
    nameBeside(profiles, label, taken) ??
    byName(profiles, NAME_NAMES, taken) ??
    undefined;
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

/** The format of a column's numbers, when they all are numbers. */
function numberOf(profile: ColumnProfile, options: OwnFileOptions): NumberFormat | undefined {
  return numberFormatOf(profile.numbers, profile.filled, options.decimal);
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

function columnNamed(profiles: readonly ColumnProfile[], name: string, file: string): ColumnProfile {
  const found =
    profiles.find((profile) => profile.name === name) ?? profiles.find((profile) => same(profile.name, name));
  if (found) return found;
  throw new UserError(`${file} has no column "${name}"`, {
    where: name,
    hint: didYouMean(
      name,
      profiles.map((profile) => profile.name),
    ),
  });
}

const plain = (name: string) =>
  name
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, "_");
const same = (first: string, second: string) => plain(first) === plain(second);

function byName(
  profiles: readonly ColumnProfile[],
  names: readonly string[],
  taken: ReadonlySet<string | undefined> = new Set(),
): ColumnProfile | undefined {
  for (const name of names) {
    const found = profiles.find((profile) => same(profile.name, name) && !taken.has(profile.name));
    if (found) return found;
  }
  return undefined;
}

/** The kind of area whose codes most texts of a column are; totals and notes may stand among them. */
function areaIn({ areas, filled }: ColumnProfile): AreaKind | undefined {
  const [best] = (Object.entries(areas) as [AreaKind, number][]).sort(
    ([, first], [, second]) => second - first,
  );
  return best && filled > 0 && best[1] >= filled * 0.5 ? best[0] : undefined;
}

/** The column with the finest codes of areas. Beside coordinates a code tells where a thing lies, unless it is the thing itself. */
function areaColumn(
  profiles: readonly ColumnProfile[],
  isPlaced: boolean,
): { profile: ColumnProfile; kind: AreaKind } | undefined {
  const coded = profiles
    .flatMap((profile) => {
      const kind = areaIn(profile);
      return kind ? [{ profile, kind }] : [];
    })
    .sort((first, second) => second.profile.distinct - first.profile.distinct);
  return coded.find(({ profile }) => !isPlaced || profile.distinct === profile.filled);
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
      wanted.some((name) => same(name, profile.name)) &&
      profile.name !== label.name,
  );
}

function placeOf(
  profiles: readonly ColumnProfile[],
  options: OwnFileOptions,
  file: string,
  hasShapes: boolean,
): Place | undefined {
  if (hasShapes && options.x === undefined) return { type: "shape" };
  if ((options.x === undefined) !== (options.y === undefined))
    throw new UserError("--x and --y belong together", { hint: "Name the column of either coordinate." });
  const x = options.x === undefined ? byName(profiles, X_NAMES) : columnNamed(profiles, options.x, file);
  const y = options.y === undefined ? byName(profiles, Y_NAMES) : columnNamed(profiles, options.y, file);
  const crs = x && y && (options.crs ?? systemOf(x, y, options));
  const numbers = x && y && ([numberOf(x, options), numberOf(y, options)] as const);
  if (x && y && crs && numbers?.[0] && numbers[1])
    return { type: "point", x: x.name, y: y.name, crs, numbers: [numbers[0], numbers[1]] };
  if (options.x !== undefined) {
    throw new UserError(`"${options.x}" and "${options.y}" of ${file} are not coordinates`, {
      hint: "They must be numbers; say in which system with --crs, such as --crs EPSG:27700.",
    });
  }
  const wkt = profiles.find(({ filled, wkt }) => filled > 0 && wkt === filled);
  return wkt && { type: "wkt", column: wkt.name, crs: options.crs ?? "EPSG:4326" };
}

/** Degrees, or the metres of the British national grid, by the size of the numbers. */
function systemOf(x: ColumnProfile, y: ColumnProfile, options: OwnFileOptions): string | undefined {
  const [across, up] = [x, y].map((profile) => profile.ranges[numberOf(profile, options)?.decimal ?? "."]);
  if (!across || !up) return undefined;
  const within = ([low, high]: readonly [number, number], least: number, most: number) =>
    low >= least && high <= most;
  if (within(across, -180, 180) && within(up, -90, 90)) return "EPSG:4326";
  if (within(across, 0, 700_000) && within(up, 0, 1_300_000)) return "EPSG:27700";
  return undefined;
}

const placeColumns = (place: Place | undefined): string[] =>
  place?.type === "point" ? [place.x, place.y] : place?.type === "wkt" ? [place.column] : [];

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
    const found = taken.has(profile.name) ? undefined : format(profile);
    // Four digits may be any number, so that a year has to be called one.
    if (found && (TIME_NAMES.test(profile.name.replace(/[_-]/g, " ")) || found.name === "year-month-day"))
      return { column: profile.name, format: found };
  }
  return undefined;
}

function keptColumns(profiles: readonly ColumnProfile[], { columns }: OwnFileOptions, file: string) {
  if (columns === undefined) return () => true;
  const names = new Set(columns.split(",").map((name) => columnNamed(profiles, name.trim(), file).name));
  return ({ name }: ColumnProfile) => names.has(name);
}
