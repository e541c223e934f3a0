import { isRecord } from "../../recipe/recipe.ts";

/** What is said of one figure besides its number, by the attribute's id: the id and the name of what is said. */
export type Remarks = ReadonlyMap<string, { readonly id: string; readonly name: string }>;

/** Reads the attributes that a structure declares at a level from the list that stands beside a figure, a series or a data set. */
export function readRemarks(structure: unknown, level: string, values: readonly unknown[]): Remarks {
  const attributes = isRecord(structure) ? structure["attributes"] : undefined;
  const declared = isRecord(attributes) ? list(attributes[level]) : [];
  return new Map(
    declared.flatMap((attribute, index) => {
      const value = values[index];
      if (!isRecord(attribute) || value === null || value === undefined) return [];
      // A number is the place of what is said in the attribute's list; without one it is said as it stands.
      const known = typeof value === "number" ? list(attribute["values"])[value] : undefined;
      const said = isRecord(known) ? known : { id: value };
      const id = textIn(said["id"] ?? said["value"] ?? said["name"]);
      return id === "" ? [] : [[textIn(attribute["id"]), { id, name: textIn(said["name"]) || id }] as const];
    }),
  );
}

/** The unit of a figure, such as `Percent` or `Thousand persons`. */
export function unitIn(remarks: Remarks): string | undefined {
  const said = (pattern: RegExp) => [...remarks].find(([id]) => pattern.test(id))?.[1];
  const unit = said(/^UNIT(_MEASURE)?$|^MEASURE_UNIT$/i)?.name;
  const times = said(/^UNIT_MULT(IPLIER)?$/i);
  const isPlain = times === undefined || times.id === "0" || /^units?$/i.test(times.name);
  if (isPlain) return unit;
  const many = /^\d+$/.test(times.name) ? `10^${times.name}` : times.name;
  return unit === undefined ? many : `${many} ${unit}`;
}

/** What a publisher says of how sound a figure is; undefined for a figure like any other. */
export function statusIn(
  remarks: Remarks,
): { readonly name: string; readonly isMissing: boolean } | undefined {
  const status = [...remarks].find(([id]) => /^(OBS_STATUS|STATUS|OBSERVATION_STATUS)$/i.test(id))?.[1];
  if (!status || status.id === "A" || /^normal/i.test(status.name)) return undefined;
  const isMissing =
    MISSING.has(status.id) || /missing|suppress|not available|confidential/i.test(status.name);
  return { name: status.name, isMissing };
}

/** Codes of SDMX's own list that say that there is no figure. */
const MISSING = new Set(["M", "L", "H", "Q", "O", "K"]);

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** A text, or texts by language, of which English comes first. */
function textIn(value: unknown): string {
  if (isRecord(value)) return textIn(value["en"] ?? Object.values(value)[0]);
  return value === undefined || value === null ? "" : String(value);
}
