import { fields } from "../fields/index.ts";
import { AREA_KINDS } from "../importers/areas/area.ts";
import { knownAreaNames } from "../importers/areas/find-area.ts";
import { quotedIfNeeded } from "../recipe/plain-text.ts";
import { DATASOURCE_PROPERTIES } from "../recipe/read-datasources.ts";
import { SUBJECT_PROPERTIES } from "../recipe/read-subjects.ts";
import type { MagicCompletion } from "./complete.ts";
import { modelsOf } from "./own-models.ts";
import type { Session } from "./session.ts";

/** What the place says at which somebody writes in the text of a recipe, YAML or JSON. */
interface Writing {
  /** What is begun: the word before the cursor, or all that stands in the open quotes. */
  readonly word: string;
  /** Names before a colon, the last first. */
  readonly keys: readonly string[];
  /** The text before the word, without the quote that opens it. */
  readonly before: string;
  readonly isQuoted: boolean;
  /** Whether a name is begun rather than the value of one. */
  readonly isName: boolean;
}

const SECTIONS = ["subjects", "datasources", "fields", "exporter", "timeStamp", "dataset"];
const SCOPES = ["geographyScope", "geography"];
/** Words after which the name of an area stands in quotes: `lsoa in "Leeds"`. */
const AREA_COMES = /\b(in|within|named|containing|touching|intersecting|overlapping|crossing)\s+(\w+\s+)?$/;
/** Labels that importers declare are many; they are shown once somebody has begun to write one. */
const LEAST_BEGUN = 1;

/** Completes the text of a recipe: its own words, importers and datasources, subject types, attributes, columns, models and areas. */
export async function completeRecipe(
  session: Session,
  text: string,
  cursor: number,
): Promise<MagicCompletion | undefined> {
  const writing = writingAt(text.slice(0, cursor));
  const candidates = [...new Set(await candidatesAt(session, text, writing))];
  // A name of several words may be begun without quotes.
  const phrase = writing.isQuoted ? writing.word : phraseAt(text.slice(0, cursor));
  for (const begun of phrase.length > writing.word.length ? [phrase, writing.word] : [writing.word]) {
    const start = begun.toLowerCase();
    const matches = candidates.filter((name) => name.toLowerCase().startsWith(start));
    if (matches.length === 0 && begun !== writing.word) continue;
    return {
      matches: writing.isQuoted ? matches : matches.map(quotedIfNeeded),
      start: cursor - begun.length,
      end: cursor,
    };
  }
  return undefined;
}

/** What stands behind the last colon, comma, bracket or dash of a line. */
function phraseAt(text: string): string {
  return (
    /(?:[:,[{]|^\s*-)\s+([^\s:,[\]{}"'][^:,[\]{}"']*)$/m.exec(text.slice(text.lastIndexOf("\n") + 1))?.[1] ??
    ""
  );
}

function writingAt(text: string): Writing {
  const line = text.slice(text.lastIndexOf("\n") + 1);
  const opened = openQuote(line);
  const word = opened ?? /[\p{L}\p{N}_/.-]*$/u.exec(line)?.[0] ?? "";
  const all = text.slice(0, text.length - word.length);
  const before = all.replace(/\\?["']$/, "");
  const keys = [...before.matchAll(/(?:^|[\s{,[("'])([\p{L}\p{N}_/.-]+)["']?\s*:(?=\s|$|[[{"'])/gmu)];
  return {
    word,
    keys: keys.map(([, key = ""]) => key).reverse(),
    before,
    isQuoted: all !== before,
    isName: /(^|\n)[ \t]*(- )?$|[{,]\s*$/.test(before),
  };
}

/** What stands after a quote that is open at the end of a line; quotes inside a text of JSON have a backslash. */
function openQuote(line: string): string | undefined {
  const inner = /\\"((?:(?!\\").)*)$/.exec(line);
  if (inner && (line.match(/\\"/g)?.length ?? 0) % 2 === 1) return inner[1];
  const plain = line.replace(/\\"/g, "  ");
  for (const quote of ['"', "'"]) {
    if ((plain.split(quote).length - 1) % 2 === 0) continue;
    const opened = line.slice(plain.lastIndexOf(quote) + 1);
    // Words of a subject stand in one text of JSON: the last of them is begun.
    return isSentence(opened) ? (/[\p{L}\p{N}_/.-]*$/u.exec(opened)?.[0] ?? "") : opened;
  }
  return undefined;
}

const isSentence = (text: string) =>
  /\s(in|where|and|or|not|named|labelled|touching|crossing|containing)\s/.test(text);

async function candidatesAt(session: Session, text: string, writing: Writing): Promise<readonly string[]> {
  const { keys, before, isQuoted, isName } = writing;
  if (isQuoted && AREA_COMES.test(before)) return knownAreaNames();
  const section = keys.find((key) => SECTIONS.includes(key));
  if (section === undefined || section === "dataset" || (isName && isOutermost(before))) return SECTIONS;
  if (section === "datasources") return datasourceNames(writing);
  if (section === "subjects" || keys[0] === "subjectType") {
    return [...(await subjectTypes(session)), ...(isName ? SUBJECT_PROPERTIES : []), ...knownAreaNames()];
  }
  if (section !== "fields") return [];
  return fieldWords(session, text, writing);
}

/** Whether a name begun here is one of the recipe's own: at the beginning of a line of YAML, or in the outer braces of JSON. */
function isOutermost(before: string): boolean {
  const bare = before.replace(/\\"/g, "").replace(/"[^"\n]*"/g, "");
  const depth = (bare.match(/[{[]/g)?.length ?? 0) - (bare.match(/[}\]]/g)?.length ?? 0);
  return before.trimStart().startsWith("{") ? depth === 1 : /(^|\n)$/.test(before);
}

async function datasourceNames({ keys: [key = ""], before, isName }: Writing): Promise<readonly string[]> {
  const { datasourceIds, datasourceWords, geographyNames } = await import("../catalogue/names.ts");
  if (SCOPES.includes(key)) return knownAreaNames();
  if (key === "datasourceId")
    return datasourceIds(/.*importerClass["']?\s*:\s*["']?([\w./-]+)/s.exec(before)?.[1] ?? "");
  if (key.includes("/")) return [...(await geographyNames(key)), ...(isName ? await datasourceWords() : [])];
  return [...(await datasourceWords()), ...(isName ? DATASOURCE_PROPERTIES : [])];
}

/** Within fields: the words of fields and models, what they take, the columns, and what the store and the importers measure. */
async function fieldWords(
  session: Session,
  text: string,
  { word, keys, isName }: Writing,
): Promise<readonly string[]> {
  const field = fields.find(({ name }) => keys.slice(0, 4).includes(name));
  const models = modelsOf(session).names();
  const words = fields.flatMap(({ name, words: others = {} }) => [name, ...Object.keys(others)]);
  if (isName) return [...(field ? Object.keys(field.properties) : []), ...words, ...models];
  const columns = [...text.matchAll(/^[ \t]+["']?([\p{L}_][\p{L}\p{N}_]*)["']?\s*:/gmu)].map(
    ([, label = ""]) => label,
  );
  const { attributes } = (await session.store()).catalogue();
  const stored = attributes.flatMap(({ provider, label }) => [label, `${provider}/${label}`]);
  const { attributeNames, attributeNamesIn } = await import("../catalogue/names.ts");
  const wanted = await attributeNamesIn(text);
  const all = [...columns, ...(await subjectTypes(session)), ...stored, ...wanted, ...models, ...words];
  if (word.length < LEAST_BEGUN) return all;
  return [...all, ...(await attributeNames())];
}

/** Subject types of the store, then those that importers can bring. */
async function subjectTypes(session: Session): Promise<string[]> {
  const { knownDatasources } = await import("../catalogue/word-index.ts");
  const stored = (await session.store()).catalogue().subjectTypes.map(({ label }) => label);
  const known = (await knownDatasources()).flatMap(({ subjects }) => subjects);
  return [...stored, ...AREA_KINDS.map(({ kind }) => kind), ...known];
}
