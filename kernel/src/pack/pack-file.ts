import { satisfies, valid, validRange } from "semver";
import { UserError } from "../errors.ts";
import { didYouMean } from "../nearest.ts";
import { isRecord } from "../recipe/recipe.ts";
import { presets } from "../release/presets/index.ts";
import { type Makers, parseMakers } from "./makers.ts";

/** What `tombolo.json` of a pack says. */
export interface PackFile extends Makers {
  readonly name: string;
  readonly version: string;
  /** Day on which this version was made, as ISO 8601 writes it. */
  readonly date: string;
  readonly title: string;
  readonly description: string;
  readonly licence: string;
  readonly kind: "pack";
  /** Versions of Tombolo that it works with, as npm writes ranges. */
  readonly engine: string;
  /** Rules under which its results are released. */
  readonly preset: string;
  /** Seed of the dummy data. */
  readonly seed: number;
  readonly keywords: readonly string[];
}

const TEXTS = ["name", "version", "date", "title", "description", "licence", "engine", "preset"] as const;
const KNOWN = [...TEXTS, "kind", "seed", "keywords", "authors", "organisation"];

/** A name as npm takes it, without a scope or with one. */
export const PACK_NAME = /^(@[a-z0-9][\w.-]*\/)?[a-z0-9][\w.-]{0,99}$/;

/** Reads `tombolo.json`. Throws a UserError naming the property that is not as it must be. */
export function parsePackFile(value: unknown, version: string): PackFile {
  if (!isRecord(value)) throw mistake("it is not an object");
  const unknown = Object.keys(value).find((key) => !KNOWN.includes(key));
  if (unknown !== undefined) throw mistake(`it has no property "${unknown}"`, didYouMean(unknown, KNOWN));
  const texts = Object.fromEntries(TEXTS.map((key) => [key, textOf(value, key)]));
  const {
    name = "",
    version: own = "",
    date = "",
    title = "",
    description = "",
    licence = "",
    engine = "",
    preset = "",
  } = texts;
  if (!PACK_NAME.test(name))
    throw mistake(`"${name}" is no name for a pack`, "Small letters, digits and hyphens make one.");
  if (!valid(own)) throw mistake(`"${own}" is no version`, "Such as 1.0.0.");
  if (!isDay(date)) throw mistake(`date: "${date}" is no day`, "Such as 2026-11-26.");
  if (!validRange(engine)) throw mistake(`engine: "${engine}" is no range of versions`, "Such as >=0.1.0.");
  if (!satisfies(version, engine))
    throw new UserError(`The pack ${name} works with Tombolo ${engine}, and this is ${version}`, {
      where: "engine",
    });
  if (value.kind !== "pack") throw mistake(`kind "${String(value.kind)}" is not known`, "It is pack.");
  const known = presets.map((candidate) => candidate.name);
  if (!known.includes(preset)) throw mistake(`there is no preset "${preset}"`, didYouMean(preset, known));
  const makers = parseMakers(value);
  if (!makers)
    throw mistake(
      "authors is no list of names, or organisation is none",
      'Such as [{ "name": "Ann Example", "address": "https://orcid.org/0000-0002-1825-0097" }].',
    );
  return {
    name,
    version: own,
    date,
    title,
    description,
    licence,
    kind: "pack",
    engine,
    preset,
    seed: typeof value.seed === "number" && Number.isInteger(value.seed) ? value.seed : 1,
    keywords: Array.isArray(value.keywords) ? value.keywords.filter((word) => typeof word === "string") : [],
    ...makers,
  };
}

/** The most letters that a text has. */
const MOST_LETTERS = 2000;

const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));

/** Today, as the date of a version that is made. */
export const today = (): string => new Date().toISOString().slice(0, 10);

function textOf(value: Readonly<Record<string, unknown>>, key: string): string {
  const text = value[key];
  if (typeof text !== "string") throw mistake(`${key} is missing, or no text`);
  if (text.length > MOST_LETTERS) throw mistake(`${key} is longer than ${MOST_LETTERS} letters`);
  return text;
}

function mistake(what: string, hint?: string): UserError {
  return new UserError(`tombolo.json of the pack: ${what}`, { where: "tombolo.json", ...(hint && { hint }) });
}
