import { quoteLiteral } from "../../engine/quote.ts";
import { UserError } from "../../errors.ts";
import { editDistance } from "../../nearest.ts";
import type { Store } from "../../store/store.ts";
import { type Area, type AreaKind, areaKindNamed, areaKindOf } from "./area.ts";
import { LOCAL_AUTHORITIES, REGIONS } from "./local-authorities.ts";

/** An area found by words. */
export interface FoundArea extends Area {
  /** All codes of this place: its own, and those of the areas it took over. Data of any year is found by one of them. */
  readonly codes: readonly string[];
}

/** What is read from a store to find an area. */
export type AreaStore = Pick<Store, "engine" | "catalogue" | "datasets">;

/**
 * The area that words stand for: a code, or a name of a region, a local authority, or any area in the store, such as `Leeds`,
 * `City of Bristol` or `Leeds 001A`. A kind in front decides between areas of one name: `ward Westminster`. Throws a
 * UserError with the nearest names when there is none, or when two are meant.
 */
export async function findArea(words: string, store?: AreaStore): Promise<FoundArea> {
  const known = findKnownArea(words);
  if (known) return known;
  const { kind, name } = kindAndName(words);
  const stored = store ? await areasInStore(store, name, kind) : [];
  const [found] = stored;
  if (found && stored.every(({ code }) => code === found.code)) return { ...found, codes: [found.code] };
  if (found) {
    const meant = stored.map((area) => `"${area.kind} ${area.code}" (${area.name})`);
    throw new UserError(`"${words}" is the name of ${stored.length} areas`, {
      where: words,
      hint: `Write the code of one: ${meant.slice(0, 4).join(", ")}${meant.length > 4 ? ", …" : ""}.`,
    });
  }
  const byShape = areaKindOf(name);
  if (byShape)
    return { kind: byShape, code: name.toUpperCase(), name: name.toUpperCase(), codes: [name.toUpperCase()] };
  const near = nearestAreaNames(name);
  throw new UserError(`There is no area "${words}"`, {
    where: words,
    hint:
      near.length > 0
        ? `Did you mean ${near.map((each) => `"${each}"`).join(" or ")}?`
        : "Regions and local authorities are known by name; other areas once their boundaries are imported.",
  });
}

/** Like {@link findArea}, but only among regions, countries and local authorities, which need no store; undefined when it is none. */
export function findKnownArea(words: string): FoundArea | undefined {
  const { kind, name } = kindAndName(words);
  const areas = kind === undefined ? KNOWN : KNOWN.filter((area) => area.kind === kind);
  const code = name.toUpperCase();
  const plain = plainName(name);
  const found =
    areas.find((area) => area.code === code) ??
    // Of two codes of one name the one in force counts; the other is among its predecessors.
    areas.find((area) => plainName(area.name) === plain && !isOver(area)) ??
    areas.find((area) => plainName(area.name) === plain);
  return found && { kind: found.kind, code: found.code, name: found.name, codes: codesOf(found) };
}

/** Names of regions and local authorities in force, for completion. */
export function knownAreaNames(): string[] {
  return KNOWN.filter((area) => !isOver(area)).map(({ name }) => name);
}

/** The names of regions and local authorities nearest to a text. */
export function nearestAreaNames(text: string): string[] {
  const wanted = plainName(text);
  const names = knownAreaNames();
  const containing = names.filter((name) => ` ${plainName(name)} `.includes(` ${wanted} `));
  if (containing.length > 0) return containing.slice(0, 4);
  const scored = names
    .map((name) => ({ name, distance: editDistance(wanted, plainName(name)) }))
    .filter(({ distance }) => distance <= Math.max(1, Math.floor(wanted.length / 3)))
    .sort((first, second) => first.distance - second.distance || first.name.localeCompare(second.name));
  return scored.slice(0, 3).map(({ name }) => name);
}

const KNOWN: readonly Area[] = [...REGIONS, ...LOCAL_AUTHORITIES];
const AUTHORITIES = new Map(LOCAL_AUTHORITIES.map((authority) => [authority.code, authority]));

const isOver = ({ code }: Area) => AUTHORITIES.get(code)?.until !== undefined;

/** Its own code and, through all reorganisations, those of the areas it took over. */
function codesOf({ code }: Area): string[] {
  const before = LOCAL_AUTHORITIES.filter(({ successor }) => successor === code);
  return [code, ...before.flatMap(codesOf)];
}

/** How names are compared: `Bristol, City of`, `City of Bristol` and `bristol` are one. */
function plainName(name: string): string {
  const plain = name
    .toLowerCase()
    .replace(/&/g, " and ")
    .replace(/[.'’]/g, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
  const short = plain
    .replace(
      /^(london borough|royal borough|metropolitan borough|city|county|borough|district) (of )?(?=\w)/,
      "",
    )
    .replace(/ (city|county|borough|district)( of)?$/, "")
    .replace(/ (city |county |borough |district )?council$/, "");
  // The City of London is not London.
  return short === "london" ? plain : (SHORT_NAMES.get(short) ?? short);
}

/** Names in use that are not a part of the official one. */
const SHORT_NAMES = new Map([
  ["hull", "kingston upon hull"],
  ["scilly", "isles of scilly"],
  ["western isles", "na h eileanan siar"],
  ["yorkshire", "yorkshire and the humber"],
  ["bcp", "bournemouth christchurch and poole"],
]);

function kindAndName(words: string): { kind: AreaKind | undefined; name: string } {
  const trimmed = words.trim();
  const [, first = "", rest = ""] = /^(\S+) (.+)$/.exec(trimmed) ?? [];
  const kind = areaKindNamed(first);
  // "County Durham" and "Borough of Slough" are names, not a kind and a name.
  const wanted = kind !== undefined && kind !== "county" && !/^of /i.test(rest);
  return wanted ? { kind, name: rest } : { kind: undefined, name: trimmed };
}

async function areasInStore(store: AreaStore, name: string, kind: AreaKind | undefined): Promise<Area[]> {
  const types = store
    .catalogue()
    .subjectTypes.map(({ label }) => ({ label, kind: areaKindNamed(label) }))
    .filter(
      (type): type is { label: string; kind: AreaKind } =>
        type.kind !== undefined && (kind ?? type.kind) === type.kind,
    );
  if (types.length === 0) return [];
  const rows = await store.engine.query(
    `SELECT DISTINCT subject_type, label, name FROM subjects
     WHERE subject_type IN (${types.map(({ label }) => quoteLiteral(label)).join(", ")})
       AND (lower(name) = lower(?) OR label = upper(?)) ORDER BY subject_type, label LIMIT 20`,
    { parameters: [name, name] },
  );
  return rows.toArray().flatMap((row) => {
    const type = types.find(({ label }) => label === row.subject_type);
    return type ? [{ kind: type.kind, code: String(row.label), name: String(row.name ?? row.label) }] : [];
  });
}
