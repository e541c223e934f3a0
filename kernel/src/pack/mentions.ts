import { isRecord } from "../recipe/recipe.ts";

/** A text or a number in a pack, with its place. */
export interface Mention {
  readonly place: string;
  /** Text in its normal form, see {@link normal}. */
  readonly text: string;
  /** Whether the text is all that stands there, and not some words of it. */
  readonly isWhole: boolean;
}

/** All that a pack says which could be a value of data. */
export interface Mentions {
  readonly texts: readonly Mention[];
  readonly numbers: readonly { readonly place: string; readonly number: number; readonly decimals: number }[];
  readonly times: readonly { readonly place: string; readonly time: string }[];
  /** Patterns of SQL's LIKE by which subjects are chosen. */
  readonly patterns: readonly { readonly place: string; readonly pattern: string }[];
}

/** Words of our own language, which are never looked up in data. */
const VOCABULARY = new Set([
  ...["fieldClass", "importerClass", "exporter", "provider", "subjectType", "geoRelation", "is"],
  ...["datasourceId", "geographyScope", "temporalScope", "licence", "crs", "address", "unit", "kind"],
  ...["access", "unitOfRecord", "type", "code", "hosts"],
]);

/** Shorter texts are found in everything. */
const LEAST_WHOLE = 3;
const LEAST_WORD = 4;
/** Names and addresses are told by so many words in a row. */
const MOST_WORDS = 6;
/** Numbers with fewer digits that count, such as 100 or 1.5, are in every recipe. */
const LEAST_DIGITS = 3;

/** A text as it is compared: small letters and digits, whatever stands between them. */
export const normal = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

/** Collects what documents of a pack say, by the names of the documents. */
export function mentionsIn(documents: readonly (readonly [string, unknown])[]): Mentions {
  const found = { texts: [], numbers: [], times: [], patterns: [] };
  for (const [name, value] of documents) collect(value, name, "", found);
  return found;
}

type Found = { -readonly [Key in keyof Mentions]: Mentions[Key][number][] };

function collect(value: unknown, place: string, key: string, found: Found): void {
  if (typeof value === "string") collectText(value, place, key, found);
  else if (typeof value === "number") addNumber(String(value), place, found);
  else if (Array.isArray(value))
    for (const [index, item] of value.entries()) collect(item, `${place}[${index}]`, key, found);
  else if (isRecord(value))
    for (const [name, item] of Object.entries(value)) collect(item, `${place}.${name}`, name, found);
}

function collectText(text: string, place: string, key: string, found: Found): void {
  const whole = normal(text);
  const isNumber = /^[\d ]*$/.test(whole);
  if (whole.length >= LEAST_WHOLE && !isNumber) found.texts.push({ place, text: whole, isWhole: true });
  if (VOCABULARY.has(key)) return;
  if (/[%_]/.test(text) && key === "pattern") found.patterns.push({ place, pattern: text });
  for (const words of wordsIn(whole)) found.texts.push({ place, text: words, isWhole: false });
  for (const [number] of text.matchAll(/-?\d[\d,]*(\.\d+)?/g))
    addNumber(number.replaceAll(",", ""), place, found);
  for (const [time] of text.matchAll(/\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2})?)/g))
    found.times.push({ place, time });
}

function* wordsIn(text: string): Generator<string> {
  const words = text.split(" ");
  for (let first = 0; first < words.length; first++)
    for (let count = 1; count <= MOST_WORDS && first + count <= words.length; count++) {
      const run = words.slice(first, first + count).join(" ");
      if (run.length >= LEAST_WORD && !/^[\d ]*$/.test(run)) yield run;
    }
}

function addNumber(text: string, place: string, found: Found): void {
  const digits = text.replace(/^-?[0.]*/, "").replace(".", "");
  const counting = /\./.test(text) ? digits : digits.replace(/0+$/, "");
  if (counting.length < LEAST_DIGITS) return;
  const decimals = text.split(".")[1]?.length ?? 0;
  found.numbers.push({ place, number: Number(text), decimals });
}
