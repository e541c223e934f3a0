import { quoteLiteral } from "../../engine/quote.ts";
import { UserError } from "../../errors.ts";
import { escapePattern } from "../../escape-pattern.ts";
import { areaKindNamed } from "./area.ts";
import type { AreaStore, FoundArea } from "./find-area.ts";
import { LOCAL_AUTHORITIES } from "./local-authorities.ts";

/** How the areas inside another are told from those outside. */
export interface Membership {
  /** SQL over the columns `label` and `name` of subjects; true for the areas inside. */
  readonly sql: string;
  /** What was looked at, in words. */
  readonly by: "code" | "lookup" | "name";
}

/**
 * Which subjects of a type of areas lie in an area, by codes alone: `lsoa` in `Leeds` needs no boundary of Leeds. An imported
 * lookup decides when there is one for the subject type; else the names do, since a lower or middle layer super output area is named
 * after its local authority (`Leeds 001A`). Throws a UserError when neither can tell.
 */
export function membersOf(subjectType: string, area: FoundArea, store: AreaStore): Membership {
  const kind = areaKindNamed(subjectType);
  if (kind === undefined)
    throw new UserError(`"${subjectType}" is not a type of areas with codes`, { where: subjectType });
  if (kind === area.kind) return { sql: `label IN (${list(area.codes)})`, by: "code" };
  const lookup = lookupSql(subjectType, area, store);
  if (lookup) return { sql: lookup, by: "lookup" };
  const authorities = authoritiesIn(area);
  if (kind === "localAuthority" && authorities.length > 0)
    return { sql: `label IN (${list(authorities.map(({ code }) => code))})`, by: "code" };
  if (kind === "lsoa" || kind === "msoa") {
    const pattern = kind === "lsoa" ? "[0-9]{3}[A-Z]" : "[0-9]{3}";
    const last = kind === "lsoa" ? " [0-9]{3}[A-Z]$" : " [0-9]{3}$";
    if (kind === "lsoa" && area.kind === "msoa" && /\d{3}$/.test(area.name))
      return {
        sql: `regexp_full_match(name, ${quoteLiteral(`${escapePattern(area.name)}[A-Z]`)})`,
        by: "name",
      };
    const names = [...new Set(authorities.map(({ name }) => name))];
    if (names.length > 0)
      return {
        sql: `(regexp_full_match(name, ${quoteLiteral(`.* ${pattern}`)}) AND regexp_replace(name, ${quoteLiteral(last)}, '') IN (${list(names)}))`,
        by: "name",
      };
  }
  throw new UserError(`Nothing tells which ${subjectType} lie in ${area.name}`, {
    where: area.name,
    hint: "Import a lookup such as lookups/lsoa2021, or the boundaries of both, and select by place.",
  });
}

/** Code and name of the subjects of a type that lie in an area, in the order of their codes. */
export async function areasWithin(
  subjectType: string,
  area: FoundArea,
  store: AreaStore,
): Promise<readonly { readonly code: string; readonly name: string }[]> {
  const types = store.catalogue().subjectTypes.map(({ label }) => label);
  if (!types.includes(subjectType)) {
    throw new UserError(`The store has no ${subjectType}`, {
      where: subjectType,
      hint: "Import their boundaries first, such as ons/oa/lsoa or boundaries/lsoa2021.",
    });
  }
  const { sql } = membersOf(subjectType, area, store);
  const found = await store.engine.query(
    `SELECT label AS code, name FROM subjects WHERE subject_type = ${quoteLiteral(subjectType)} AND ${sql} ORDER BY label`,
  );
  return found.toArray().map((row) => ({ code: String(row.code), name: String(row.name ?? row.code) }));
}

/** Where a lookup says which areas lie in which: its subject type, and where the code of the smaller area stands. */
const LOOKUPS: readonly { readonly of: string; readonly type: string; readonly code: string | undefined }[] =
  [
    { of: "lsoa2021", type: "lsoa2021Lookup", code: undefined },
    { of: "lsoa", type: "lsoaChange", code: "lsoa2011" },
    { of: "lsoa2021", type: "lsoaChange", code: "lsoa2021" },
  ];

/**
 * An imported lookup from a subject type to the area's kind, as SQL: the values of the subjects themselves, or a lookup's own rows. Regions are
 * reached through their authorities.
 */
function lookupSql(subjectType: string, area: FoundArea, store: AreaStore): string | undefined {
  const ways = [
    { of: subjectType, type: subjectType, code: undefined },
    ...LOOKUPS.filter((lookup) => lookup.of === subjectType),
  ];
  const authorities = authoritiesIn(area).map(({ code }) => code);
  const targets: (readonly [attribute: string, codes: readonly string[]])[] = [
    [area.kind, area.codes],
    ["localAuthority", authorities],
  ];
  for (const { type, code } of ways) {
    for (const [attribute, codes] of targets) {
      if (codes.length === 0 || !hasAttribute(store, type, attribute)) continue;
      const found = `subject_type = ${quoteLiteral(type)} AND provider = 'uk.gov.ons'`;
      const inside = `SELECT subject_label FROM fixed_values WHERE ${found} AND attribute = ${quoteLiteral(attribute)} AND value IN (${list(codes)})`;
      if (code === undefined) return `label IN (${inside})`;
      return `label IN (SELECT value FROM fixed_values WHERE ${found} AND attribute = ${quoteLiteral(code)} AND subject_label IN (${inside}))`;
    }
  }
  return undefined;
}

function hasAttribute(store: AreaStore, type: string, attribute: string): boolean {
  return store
    .datasets()
    .some(
      ({ manifest }) =>
        manifest.subjectTypes.some(({ label }) => label === type) &&
        manifest.attributes.some(({ provider, label }) => provider === "uk.gov.ons" && label === attribute),
    );
}

/** The local authorities, past and present, that an area is or holds. */
function authoritiesIn({
  kind,
  code,
  codes,
}: FoundArea): readonly { readonly code: string; readonly name: string }[] {
  if (kind === "localAuthority")
    return LOCAL_AUTHORITIES.filter((authority) => codes.includes(authority.code));
  if (code === "E92000001")
    return LOCAL_AUTHORITIES.filter((authority) => authority.region.startsWith("E12"));
  return LOCAL_AUTHORITIES.filter(({ region }) => region === code);
}

const list = (texts: readonly string[]) => texts.map(quoteLiteral).join(", ");
