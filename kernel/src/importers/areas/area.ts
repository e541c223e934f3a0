/** Kinds of areas with codes of nine characters, what people call them, and how their codes begin. */
export const AREA_KINDS = [
  { kind: "outputArea", names: ["output area", "oa"], prefixes: ["E00", "W00", "S00", "N00"] },
  { kind: "lsoa", names: ["lsoa", "lower layer super output area"], prefixes: ["E01", "W01"] },
  { kind: "dataZone", names: ["data zone"], prefixes: ["S01", "N20"] },
  { kind: "msoa", names: ["msoa", "middle layer super output area"], prefixes: ["E02", "W02"] },
  { kind: "ward", names: ["ward", "electoral ward"], prefixes: ["E05", "W05", "S13", "N08"] },
  {
    kind: "localAuthority",
    names: ["local authority", "local authority district", "borough", "council", "district", "lad"],
    prefixes: ["E06", "E07", "E08", "E09", "W06", "S12", "N09"],
  },
  { kind: "county", names: ["county"], prefixes: ["E10"] },
  { kind: "region", names: ["region", "england boundary"], prefixes: ["E12"] },
  { kind: "constituency", names: ["constituency"], prefixes: ["E14", "W07", "S14", "N05", "N06"] },
  {
    kind: "country",
    names: ["country", "nation"],
    prefixes: ["E92", "W92", "S92", "N92", "K02", "K03", "K04"],
  },
] as const;

/** One of the kinds of {@link AREA_KINDS}. */
export type AreaKind = (typeof AREA_KINDS)[number]["kind"];

/** An area that people know by name. */
export interface Area {
  readonly kind: AreaKind;
  /** Nine characters, such as `E08000035`. */
  readonly code: string;
  readonly name: string;
}

const KIND_OF_PREFIX = new Map(
  AREA_KINDS.flatMap(({ kind, prefixes }) => prefixes.map((prefix) => [prefix as string, kind] as const)),
);
const KIND_OF_NAME = new Map(
  AREA_KINDS.flatMap(({ kind, names }) => names.map((name) => [name as string, kind] as const)),
);

/** The kind of area that a code stands for by its shape; undefined when it has the shape of none. */
export function areaKindOf(code: string): AreaKind | undefined {
  const text = code.trim().toUpperCase();
  return /^[EWSNK]\d{8}$/.test(text) ? KIND_OF_PREFIX.get(text.slice(0, 3)) : undefined;
}

/** The kind of area that a word stands for, such as `LSOAs`, `local authorities`, `lsoa2021` or `englandBoundaries`. */
export function areaKindNamed(word: string): AreaKind | undefined {
  const plain = word
    .trim()
    .replace(/(?<=[a-z])(?=[A-Z][a-z])/g, " ")
    .toLowerCase()
    .replace(/[-_ ]+/g, " ")
    .replace(/ ?(20)?\d\d$/, "");
  const singular = plain.replace(/ies$/, "y").replace(/(?<!s)s$/, "");
  return KIND_OF_NAME.get(plain) ?? KIND_OF_NAME.get(singular);
}

/** Postcodes of the United Kingdom, with or without the blank. */
export const POSTCODE = /^(GIR ?0AA|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})$/i;
