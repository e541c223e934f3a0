import { type Access, isAccess } from "@tombolo/bundle/access";
import { STATISTIC_KINDS, type StatisticKind } from "../../engine/columns.ts";
import { UserError } from "../../errors.ts";
import { didYouMean } from "../../nearest.ts";
import { isRecord } from "../../recipe/recipe.ts";
import { UNITS_OF_RECORD, type UnitOfRecord } from "../../store/unit-of-record.ts";

/** A column of an importer's rows that becomes an attribute. */
export interface DeclaredAttribute {
  readonly label: string;
  readonly column: string;
  readonly description: string;
  readonly type: "number" | "text";
  readonly unit?: string;
  readonly kind?: StatisticKind;
}

/** Which columns say what a row is and where it lies; coordinates are longitude and latitude unless `crs` tells otherwise. */
export interface DeclaredColumns {
  readonly label: string;
  readonly name?: string;
  readonly x?: string;
  readonly y?: string;
  /** Column with well-known text. */
  readonly wkt?: string;
  /** Column with the time of each row, as ISO 8601 writes it: numbers then are timed values. */
  readonly time?: string;
}

/** What an importer's code may do besides computing. */
export interface Permissions {
  /** Hosts of which we fetch files for it, over https. */
  readonly hosts: readonly string[];
  /** Texts below `importers/`, such as `codes.txt`, that we read for it, or `bound` for the file that is bound to its subject type. */
  readonly files: readonly string[];
}

/** An importer of a pack, as data: where a table lies and what its columns mean, and perhaps code that makes the table. */
export interface ImporterDeclaration {
  /** Name of its file below `importers/`. */
  readonly name: string;
  readonly title: string;
  readonly provider: { readonly label: string; readonly name: string };
  readonly licence: string;
  readonly attribution: string;
  readonly access: Access;
  /** What one row is about. */
  readonly unitOfRecord: UnitOfRecord;
  readonly subjectType: { readonly label: string; readonly name: string };
  /** Address of the table; an importer with code fetches what it needs itself. */
  readonly address?: string;
  /** Code that gives the rows, below `importers/`. */
  readonly code?: string;
  readonly permissions: Permissions;
  readonly crs: string;
  readonly columns: DeclaredColumns;
  readonly attributes: readonly DeclaredAttribute[];
}

type Json = Readonly<Record<string, unknown>>;

const KNOWN = [
  ...["title", "provider", "licence", "attribution", "access", "unitOfRecord", "subjectType", "address"],
  ...["code", "permissions", "crs", "columns", "attributes"],
];
const COLUMNS = ["label", "name", "x", "y", "wkt", "time"] as const;

/** The name under which the bound file is read. */
export const BOUND = "bound";

/** Reads the declaration of an importer. Throws a UserError naming the property that is not as it must be. */
export function parseDeclaration(value: unknown, name: string): ImporterDeclaration {
  const file = `importers/${name}.json`;
  const wrong = (what: string, hint = "") =>
    new UserError(`${file} of the pack: ${what}`, { where: file, hint });
  const from = recordIn({ declaration: value }, "declaration", wrong);
  const other = Object.keys(from).find((key) => !KNOWN.includes(key));
  if (other !== undefined) throw wrong(`it has no property "${other}"`, didYouMean(other, KNOWN));
  const { access } = from;
  if (!isAccess(access)) throw wrong("access is missing", "It is public, internal or sensitive.");
  const unitOfRecord = UNITS_OF_RECORD.find((known) => known === from.unitOfRecord);
  if (!unitOfRecord) throw wrong("unitOfRecord is missing", `It is ${UNITS_OF_RECORD.join(", ")}.`);
  const address = optionalText(from, "address", wrong);
  const code = optionalText(from, "code", wrong);
  if ((address === undefined) === (code === undefined))
    throw wrong("it has neither an address nor code, or both");
  if (address !== undefined) checkAddress(address, wrong);
  if (code !== undefined && !FILE_OF_CODE.test(code)) throw wrong(`code "${code}" is no file beside it`);
  const permissions = permissionsIn(from, wrong);
  if (code === undefined && permissions.hosts.length + permissions.files.length > 0)
    throw wrong("it has permissions and no code that would need them");
  return {
    name,
    title: textIn(from, "title", wrong),
    provider: labelled(from, "provider", wrong),
    licence: textIn(from, "licence", wrong),
    attribution: textIn(from, "attribution", wrong),
    access,
    unitOfRecord,
    subjectType: labelled(from, "subjectType", wrong),
    ...(address !== undefined && { address }),
    ...(code !== undefined && { code }),
    permissions,
    crs: crsIn(from, wrong),
    columns: columnsIn(from, wrong),
    attributes: attributesIn(from, wrong),
  };
}

type Wrong = (what: string, hint?: string) => UserError;

const FILE_OF_CODE = /^[a-z0-9][\w-]*\.js$/i;
const FILE_BESIDE = /^[a-z0-9][\w-]*\.txt$/i;
/** Names of the public network; no addresses by number, no wildcards, nothing of this machine. */
const HOST = /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/;
const LOCAL = /\.(local|localhost|internal|lan|home|arpa)$/;

/** Whether a host may be declared at all. */
export const isPublicHost = (host: string): boolean => HOST.test(host) && !LOCAL.test(host);

function checkAddress(address: string, wrong: Wrong): void {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol !== "https:" || !isPublicHost(url.hostname) || url.username !== "")
    throw wrong(
      `address "${address.slice(0, 80)}" is none of a publisher`,
      "It begins with https:// and a host's name.",
    );
}

function permissionsIn(from: Json, wrong: Wrong): Permissions {
  if (from.permissions === undefined) return { hosts: [], files: [] };
  const value = recordIn(from, "permissions", wrong);
  const other = Object.keys(value).find((key) => key !== "hosts" && key !== "files");
  if (other !== undefined) throw wrong(`it asks for the permission "${other}", which nobody gets`);
  const hosts = textsIn(value, "hosts", wrong);
  const host = hosts.find((each) => !isPublicHost(each));
  if (host !== undefined) throw wrong(`it asks for the host "${host}", which is none of a publisher`);
  const files = textsIn(value, "files", wrong);
  const file = files.find((each) => each !== BOUND && !FILE_BESIDE.test(each));
  if (file !== undefined) throw wrong(`it asks for the file "${file}", which is not beside it`);
  return { hosts, files };
}

function crsIn(from: Json, wrong: Wrong): string {
  const crs = optionalText(from, "crs", wrong) ?? "EPSG:4326";
  if (!/^EPSG:\d{4,6}$/.test(crs))
    throw wrong(`crs "${crs.slice(0, 40)}" is not known`, "Such as EPSG:27700.");
  return crs;
}

function columnsIn(from: Json, wrong: Wrong): DeclaredColumns {
  const value = recordIn(from, "columns", wrong);
  const other = Object.keys(value).find((key) => !COLUMNS.some((known) => known === key));
  if (other !== undefined) throw wrong(`columns has no "${other}"`, didYouMean(other, [...COLUMNS]));
  const [name, x, y, wkt, time] = (["name", "x", "y", "wkt", "time"] as const).map((key) =>
    optionalText(value, key, wrong),
  );
  if ((x === undefined) !== (y === undefined)) throw wrong("columns has one of x and y alone");
  return {
    label: textIn(value, "label", wrong),
    ...(name !== undefined && { name }),
    ...(x !== undefined && { x }),
    ...(y !== undefined && { y }),
    ...(wkt !== undefined && { wkt }),
    ...(time !== undefined && { time }),
  };
}

function attributesIn(from: Json, wrong: Wrong): DeclaredAttribute[] {
  const list = from.attributes;
  if (!Array.isArray(list)) throw wrong("attributes is no list");
  return list.map((_, index) => {
    const value = recordIn(Object.fromEntries(list.entries()), String(index), wrong);
    const label = textIn(value, "label", wrong);
    const unit = optionalText(value, "unit", wrong);
    const kind = STATISTIC_KINDS.find((known) => known === value.kind);
    if (value.kind !== undefined && !kind)
      throw wrong(`${label} has an unknown kind`, `Known: ${STATISTIC_KINDS.join(", ")}.`);
    return {
      label,
      column: optionalText(value, "column", wrong) ?? label,
      description: optionalText(value, "description", wrong) ?? label,
      type: value.type === "text" ? "text" : "number",
      ...(unit !== undefined && { unit }),
      ...(kind && { kind }),
    };
  });
}

function labelled(from: Json, key: string, wrong: Wrong): { label: string; name: string } {
  const value = recordIn(from, key, wrong);
  const label = textIn(value, "label", wrong);
  return { label, name: optionalText(value, "name", wrong) ?? label };
}

function recordIn(from: Json, key: string, wrong: Wrong): Json {
  const value = from[key];
  if (!isRecord(value)) throw wrong(`${key} is not an object`);
  return value;
}

function optionalText(from: Json, key: string, wrong: Wrong): string | undefined {
  const value = from[key];
  if (value === undefined) return undefined;
  if (typeof value !== "string" || value === "" || value.length > 1000) throw wrong(`${key} is no text`);
  return value;
}

function textIn(from: Json, key: string, wrong: Wrong): string {
  const value = optionalText(from, key, wrong);
  if (value === undefined) throw wrong(`${key} is missing`);
  return value;
}

function textsIn(from: Json, key: string, wrong: Wrong): string[] {
  const value = from[key] ?? [];
  if (!Array.isArray(value) || !value.every((item) => typeof item === "string"))
    throw wrong(`permissions.${key} is no list of texts`);
  return value;
}
