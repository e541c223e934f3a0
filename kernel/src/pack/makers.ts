import { UserError } from "../errors.ts";
import { isRecord } from "../recipe/recipe.ts";

/** Somebody who made a pack, or the organisation that they made it for. */
export interface Maker {
  readonly name: string;
  /** Where more is known of them, such as at orcid.org or ror.org. */
  readonly address?: string;
}

/** Who made a pack. */
export interface Makers {
  readonly authors: readonly Maker[];
  readonly organisation?: Maker;
}

/** What the option says in which the authors are given. */
export const AUTHOR =
  'who made it, as "Ann Example (https://orcid.org/0000-0002-1825-0097)"; separated by semicolons';

/** What the option says in which the organisation is given. */
export const ORGANISATION =
  'the organisation that its authors made it for, as "Example City (https://ror.org/04mghma93)"';

/** Who made a pack, as its maker writes it. Throws a UserError for what is no name with an address in brackets. */
export function makersIn(author: string | undefined, organisation: string | undefined): Makers {
  const authors = (author ?? "").split(";").filter((text) => text.trim() !== "");
  return {
    authors: authors.map((text) => makerIn(text, "--author")),
    ...(organisation !== undefined && { organisation: makerIn(organisation, "--organisation") }),
  };
}

function makerIn(text: string, where: string): Maker {
  const [, name = "", address] = /^\s*([^()<>]*[^()<>\s])\s*(?:\(([^()]*)\))?\s*$/.exec(text) ?? [];
  if (name !== "" && isAddress(address)) return { name, ...(address !== undefined && { address }) };
  throw new UserError(`"${text.trim()}" is no name`, {
    where,
    hint: "Such as Ann Example (https://orcid.org/0000-0002-1825-0097): a name, and an address of the web in brackets.",
  });
}

/** Who made a pack, as `tombolo.json` says it; undefined for what says nobody. */
export function parseMakers({
  authors,
  organisation,
}: Readonly<Record<string, unknown>>): Makers | undefined {
  const [list, group] = [(Array.isArray(authors) ? authors : []).map(parseMaker), parseMaker(organisation)];
  const known = list.filter((maker) => maker !== undefined);
  const isWrong =
    (authors !== undefined && !Array.isArray(authors)) ||
    known.length < list.length ||
    (organisation !== undefined && group === undefined);
  return isWrong ? undefined : { authors: known, ...(group && { organisation: group }) };
}

const MOST_LETTERS = 200;

function parseMaker(value: unknown): Maker | undefined {
  if (!isRecord(value)) return undefined;
  const { name, address } = value;
  if (typeof name !== "string" || name.trim() === "" || name.length > MOST_LETTERS) return undefined;
  if (address === undefined) return { name };
  return typeof address === "string" && isAddress(address) ? { name, address } : undefined;
}

function isAddress(address: string | undefined): boolean {
  return address === undefined || (/^https:\/\/[^\s<>()]+$/.test(address) && URL.canParse(address));
}

/** Who made a pack, in a line; empty where it says nobody. */
export function makersText({ authors, organisation }: Makers): string {
  const people = authors.map(({ name }) => name).join(", ");
  if (!organisation) return people;
  return people === "" ? organisation.name : `${people}, ${organisation.name}`;
}
