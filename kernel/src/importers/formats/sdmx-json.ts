import { countOf } from "../../count-of.ts";
import { isRecord } from "../../recipe/recipe.ts";
import { type Remarks, readRemarks, statusIn, unitIn } from "./sdmx-attributes.ts";

/** A table whose cells are texts, as files of one's own are read. */
export interface TextTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
  /** What was done to make it, in sentences. */
  readonly notes: readonly string[];
}

interface DimensionValue {
  readonly id: string;
  readonly name: string;
}

interface Dimension {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly values: readonly DimensionValue[];
}

/** One figure: an index into the values of each dimension, and the texts of its measures. */
interface Observation {
  readonly place: readonly number[];
  readonly measures: readonly (string | null)[];
  /** What is said of it. */
  readonly remarks: Remarks;
}

const AREA = /(^|_)(geo|geography|area|location|region|country|lad|lsoa|msoa|ward)(_|$)/i;
const TIME = /^(time|time_?period|period|year|date)$/i;
const AREA_CODE = /^[EWSNK]\d{8}$/;

/** Whether a JSON document is a data message of SDMX-JSON 1.0 or 2.0, or of the drafts before, which had no `data` around it. */
export function isSdmxJson(document: unknown): boolean {
  const data = dataOf(document);
  return (
    isRecord(data) &&
    Array.isArray(data["dataSets"]) &&
    ("structure" in data || Array.isArray(data["structures"]))
  );
}

/**
 * A data message of SDMX-JSON as a wide table: a row for each area and time, with `area code`, `area name` and `time period`, and a column for each
 * combination of the other dimensions, named by their values; what has one value throughout is left out. Undefined when it is none.
 */
export function readSdmxJson(document: unknown): TextTable | undefined {
  const data = dataOf(document);
  if (!isSdmxJson(document) || !isRecord(data)) return undefined;
  const structures = list(data["structures"]);
  const [first] = structures.length > 0 ? structures : [data["structure"]];
  const parts = list(data["dataSets"]).map((dataSet) => {
    const index = isRecord(dataSet) && typeof dataSet["structure"] === "number" ? dataSet["structure"] : 0;
    const structure = structures.length > 0 ? structures[index] : data["structure"];
    return wideTable(structure, dataSet);
  });
  const [table] = parts;
  if (!table) return undefined;
  const rest = parts.length > 1 ? [`Of ${parts.length} data sets the first is read.`] : [];
  return { ...table, notes: [`SDMX-JSON: ${textOf(first, "a data set")}.`, ...table.notes, ...rest] };
}

function dataOf(document: unknown): unknown {
  return isRecord(document) && isRecord(document["data"]) ? document["data"] : document;
}

function wideTable(structure: unknown, dataSet: unknown): TextTable {
  const dimensions = isRecord(structure) ? structure["dimensions"] : undefined;
  const at = (level: string) => (isRecord(dimensions) ? list(dimensions[level]).map(readDimension) : []);
  const [whole, series, observation] = [at("dataSet"), at("series"), at("observation")];
  const measures = measureNames(structure);
  const all = [...whole, ...series, ...observation];
  const found = observationsOf(
    structure,
    dataSet,
    [whole.length, series.length],
    Math.max(1, measures.length),
  );
  const time = all.findIndex(
    ({ id, roles }) => roles.some((role) => role.startsWith("TIME")) || TIME.test(id),
  );
  const area = areaOf(all, time);
  const others = all.flatMap((_, index) => (index === area || index === time ? [] : [index]));
  // A dimension with one value throughout says nothing that tells columns apart.
  const telling = others.filter((index) => new Set(found.map(({ place }) => place[index])).size > 1);
  const keys = [...(area < 0 ? [] : ["area code", "area name"]), ...(time < 0 ? [] : ["time period"])];
  const names = new Map<string, number>();
  const units = new Map<string, Set<string>>();
  const rows = new Map<string, (string | null)[]>();
  for (const { place, measures: values, remarks } of found) {
    const unit = unitIn(remarks);
    const label = all[area]?.values[place[area] ?? -1];
    const moment = all[time]?.values[place[time] ?? -1];
    const key = [
      ...(area < 0 ? [] : [label?.id ?? null, label?.name ?? null]),
      ...(time < 0 ? [] : [moment ? periodOf(moment.id) : null]),
    ];
    const row = rows.get(JSON.stringify(key)) ?? key;
    rows.set(JSON.stringify(key), row);
    values.forEach((value, index) => {
      const words = telling.map((dimension) => all[dimension]?.values[place[dimension] ?? -1]?.name ?? "");
      if (measures.length > 1) words.push(measures[index] ?? "");
      const name = words.join(", ") || measures[0] || textOf(structure, "OBS_VALUE");
      if (!names.has(name)) names.set(name, keys.length + names.size);
      if (unit !== undefined) units.set(name, (units.get(name) ?? new Set()).add(unit));
      row[names.get(name) ?? 0] = value;
    });
  }
  const columns = [...keys, ...names.keys()];
  // A unit in brackets at the end of a heading is read as one.
  const withUnit = (name: string) => {
    const [unit, ...others] = units.get(name) ?? [];
    return unit === undefined || others.length > 0 ? name : `${name} (${unit})`;
  };
  return {
    columns: columns.map(withUnit),
    rows: [...rows.values()].map((row) => columns.map((_, index) => row[index] ?? null)),
    notes: [
      ...telling.map((index) => `Columns by ${all[index]?.name ?? ""}.`),
      ...[...units].flatMap(([name, all]) =>
        all.size > 1 ? [`Figures of "${name}" are in several units: ${[...all].join(", ")}.`] : [],
      ),
      ...statusNotes(found),
    ],
  };
}

/** The dimension of the areas: by its role or name, else by codes that are those of areas. */
function areaOf(dimensions: readonly Dimension[], time: number): number {
  const ways: readonly ((dimension: Dimension) => boolean)[] = [
    ({ roles }) => roles.includes("GEO"),
    ({ id }) => AREA.test(id),
    ({ values }) => values.length > 0 && values.every(({ id }) => AREA_CODE.test(id)),
  ];
  for (const isArea of ways) {
    const found = dimensions.findIndex((dimension, index) => index !== time && isArea(dimension));
    if (found >= 0) return found;
  }
  return -1;
}

/** All figures of a data set: those in series, and those that stand alone. */
function observationsOf(
  structure: unknown,
  dataSet: unknown,
  [wholes, inSeries]: readonly [number, number],
  measures: number,
): Observation[] {
  if (!isRecord(dataSet)) return [];
  const whole = Array.from({ length: wholes }, () => 0);
  const ofAll = readRemarks(structure, "dataSet", list(dataSet["attributes"]));
  const read = (observations: unknown, place: readonly number[], remarks: Remarks): Observation[] =>
    isRecord(observations)
      ? Object.entries(observations).map(([key, values]) => {
          const own = readRemarks(structure, "observation", list(values).slice(measures));
          const all = new Map([...remarks, ...own]);
          const isMissing = statusIn(all)?.isMissing;
          return {
            place: [...place, ...indices(key)],
            measures: list(values)
              .slice(0, measures)
              .map((value) => (isMissing || value === null || value === undefined ? null : String(value))),
            remarks: all,
          };
        })
      : [];
  const series = isRecord(dataSet["series"]) ? Object.entries(dataSet["series"]) : [];
  const alone = Array.from({ length: inSeries }, () => 0);
  return [
    ...series.flatMap(([key, each]) => {
      const about = isRecord(each) ? each : {};
      const remarks = readRemarks(structure, "series", list(about["attributes"]));
      return read(about["observations"], [...whole, ...indices(key)], new Map([...ofAll, ...remarks]));
    }),
    ...read(dataSet["observations"], [...whole, ...alone], ofAll),
  ];
}

/** How many figures are less sound than others, or missing for a reason, in sentences. */
function statusNotes(found: readonly Observation[]): string[] {
  const counts = new Map<string, number>();
  for (const { remarks } of found) {
    const name = statusIn(remarks)?.name;
    if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].map(
    ([name, count]) => `${countOf(count, "figure is", "figures are")} marked "${name}".`,
  );
}

const indices = (key: string): number[] => key.split(":").map(Number);

/** SDMX writes months as `2020-M03` too. */
const periodOf = (id: string) => id.replace(/^(\d{4})-M(\d{2})$/, "$1-$2");

/** Names of the measures, which version 2.0 has. */
function measureNames(structure: unknown): string[] {
  const measures = isRecord(structure) ? structure["measures"] : undefined;
  return isRecord(measures) ? list(measures["observation"]).map((each) => textOf(each, "OBS_VALUE")) : [];
}

function readDimension(value: unknown): Dimension {
  const id = isRecord(value) ? String(value["id"] ?? "") : "";
  const roles = isRecord(value) ? [value["role"], ...list(value["roles"])] : [];
  return {
    id,
    name: textOf(value, id),
    roles: roles.filter((role) => typeof role === "string").map((role) => role.toUpperCase()),
    values: isRecord(value) ? list(value["values"]).map(readValue) : [],
  };
}

/** A coded value has an id and a name; version 2.0 lets one that is not coded be a bare `value`. */
function readValue(value: unknown): DimensionValue {
  const id = isRecord(value) ? String(value["id"] ?? value["value"] ?? value["name"] ?? "") : String(value);
  return { id, name: textOf(value, id) };
}

/** The name of something: a text, or texts by language, of which English comes first. */
function textOf(value: unknown, otherwise: string): string {
  if (!isRecord(value)) return otherwise;
  for (const texts of [value["name"], value["names"]]) {
    if (typeof texts === "string") return texts;
    if (!isRecord(texts)) continue;
    const text = texts["en"] ?? Object.values(texts)[0];
    if (typeof text === "string") return text;
  }
  return otherwise;
}

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
