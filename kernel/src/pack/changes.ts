import { createHash } from "node:crypto";
import { stringify } from "yaml";
import { markdownTable } from "../markdown.ts";
import { shortenRecipe } from "../recipe/shorten.ts";
import type { Contract } from "./contract.ts";
import type { PackImporter } from "./importers/read-importers.ts";
import { makersText } from "./makers.ts";
import type { Pack } from "./read-pack.ts";

/** What differs between two versions of a pack. */
export interface Change {
  /** Part of the pack, such as `recipe green_space`. */
  readonly part: string;
  /** What of it, such as a column of the recipe or an attribute of an input. */
  readonly what: string;
  /** Undefined for what is new. */
  readonly before: string | undefined;
  /** Undefined for what is gone. */
  readonly after: string | undefined;
}

/** A statement of a pack: part, what of it, and its value in a few words. */
type Fact = readonly [part: string, what: string, value: unknown];

/** What changes between two versions of a pack for those who use it; the wording of its pages is left out. */
export function changesBetween(before: Pack, after: Pack): Change[] {
  const [old, young] = [byPlace(factsOf(before)), byPlace(factsOf(after))];
  return [...new Set([...old.keys(), ...young.keys()])].flatMap((key) => {
    const [past, now] = [old.get(key), young.get(key)];
    const [part, what] = past ?? now ?? ["", ""];
    const texts = { before: past && textOf(past[2]), after: now && textOf(now[2]) };
    return texts.before === texts.after ? [] : [{ part, what, ...texts }];
  });
}

function byPlace(facts: readonly Fact[]): Map<string, Fact> {
  return new Map(facts.map((fact) => [JSON.stringify(fact.slice(0, 2)), fact]));
}

function factsOf(pack: Pack): Fact[] {
  const { version, licence, engine, preset, contract, importers, recipes, ownModels } = pack;
  return [
    ["pack", "version", version],
    ["pack", "licence", licence],
    ["pack", "made by", makersText(pack)],
    ["pack", "versions of Tombolo", engine],
    ["pack", "preset of releases", preset],
    ...[...recipes].flatMap(([name, recipe]): Fact[] => {
      const { fields, ...rest } = shortenRecipe(recipe);
      const columns: [string, unknown][] = Array.isArray(fields)
        ? fields.map((field, index) => [String(index + 1), field])
        : Object.entries(fields);
      return [
        ...Object.entries(rest).map(([key, value]): Fact => [`recipe ${name}`, key, value]),
        ...columns.map(([label, field]): Fact => [`recipe ${name}`, `column ${label}`, field]),
      ];
    }),
    ...[...ownModels].flatMap(([name, model]): Fact[] =>
      (["field", "columns", "parameters", "datasources", "unit", "kind"] as const)
        .filter((key) => model[key] !== undefined)
        .map((key) => [`model ${name}`, key, model[key]]),
    ),
    ...factsOfContract(contract),
    ...importers.flatMap(factsOfImporter),
  ];
}

function factsOfContract({ inputs }: Contract): Fact[] {
  return inputs.flatMap(({ provider, subjectType, attributes, title: _, ...input }): Fact[] => {
    const part = `input ${provider}/${subjectType}`;
    return [
      ...Object.entries(input).map(([key, value]): Fact => [part, WORDS[key] ?? key, value]),
      ...attributes.flatMap(({ provider: owner, label, description: _text, ...attribute }): Fact[] => {
        const own = owner === provider ? label : `${owner}/${label}`;
        return [[part, own, attribute]];
      }),
    ];
  });
}

const WORDS: Readonly<Record<string, string>> = {
  unitOfRecord: "unit of record",
  names: "chosen by name",
  labels: "chosen by label",
};

function factsOfImporter(importer: PackImporter): Fact[] {
  const { name, text, digest: _, beside, title: _title, code, permissions, ...declared } = importer;
  const part = `importer ${name}`;
  return [
    ...Object.entries(declared)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]): Fact => [part, WORDS[key] ?? key, value]),
    ...(text === undefined ? [] : codeFacts(part, { ...(code && { code }), text, beside })),
    ...permissions.hosts.map((host): Fact => [part, `may fetch from ${host}`, "yes"]),
    ...permissions.files.map((file): Fact => [part, `may read ${file}`, "yes"]),
  ];
}

function codeFacts(
  part: string,
  { code = "", text, beside }: Pick<PackImporter, "code" | "beside"> & { readonly text: string },
): Fact[] {
  return [
    [part, `code ${code}`, fingerprint(text)],
    ...[...beside].map(([file, content]): Fact => [part, `file ${file}`, fingerprint(content)]),
  ];
}

function fingerprint(text: string): string {
  const digest = createHash("sha256").update(text).digest("hex").slice(0, 8);
  return `${text.split("\n").length} lines, digest ${digest}`;
}

function textOf(value: unknown): string {
  const text =
    typeof value === "string"
      ? value
      : stringify(value, { collectionStyle: "flow", lineWidth: 0, nullStr: "default" });
  return text.trim();
}

/** Whether what code of the pack is, or may do, is another. */
const touchesCode = ({ part, what }: Change): boolean =>
  part.startsWith("importer ") && /^(code|file|may) /.test(what);

/** Longer values are compared as a whole and shown by their beginning. */
const SHOWN = 160;

const shown = (text = "–"): string => (text.length > SHOWN ? `${text.slice(0, SHOWN)} …` : text);

/** Changes as lines, for a terminal. */
export const textOfChanges = (changes: readonly Change[]): string[] =>
  changes.map(({ part, what, before, after }) => `${part}, ${what}: ${shown(before)} → ${shown(after)}`);

/** Changes as a table in Markdown, with a sentence where code has to be accepted anew. */
export function describeChanges(changes: readonly Change[]): string {
  const table = markdownTable(
    ["part", "what", "before", "after"],
    changes.map(({ part, what, before, after }) => [part, what, shown(before), shown(after)]),
  );
  const asks = changes.some(touchesCode);
  return asks ? `${table}\n\n**Its code is another**: \`%bind\` asks again before it runs.` : table;
}
