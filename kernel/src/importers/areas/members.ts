import { quoteLiteral } from "../../engine/quote.ts";
import { UserError } from "../../errors.ts";
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
  const lookup = lookupAttribute(subjectType, area, store);
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

/** Attributes of lookups by the kind of area they point to. */
const LOOKUP_ATTRIBUTES: Readonly<Record<string, string>> = {
  ward: "ward",
  localAuthority: "localAuthority",
  region: "region",
  msoa: "msoa",
  lsoa: "lsoa",
  country: "country",
};

/** The lookup in the store that leads from a subject type to the area's kind, as SQL; regions are reached through their authorities. */
function lookupAttribute(subjectType: string, area: FoundArea, store: AreaStore): string | undefined {
  const has = (attribute: string | undefined) =>
    store
      .datasets()
      .some(
        ({ manifest }) =>
          manifest.subjectTypes.some(({ label }) => label === subjectType) &&
          manifest.attributes.some(({ provider, label }) => provider === "uk.gov.ons" && label === attribute),
      );
  const direct = LOOKUP_ATTRIBUTES[area.kind];
  const authorities = authoritiesIn(area).map(({ code }) => code);
  const [attribute, codes] = has(direct) ? [direct, area.codes] : ["localAuthority", authorities];
  if (!has(attribute) || codes.length === 0) return undefined;
  return `label IN (SELECT subject_label FROM fixed_values WHERE subject_type = ${quoteLiteral(subjectType)}
    AND provider = 'uk.gov.ons' AND attribute = ${quoteLiteral(attribute ?? "")} AND value IN (${list(codes)}))`;
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

const escapePattern = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
