import { quoteIdentifier, quoteLiteral } from "../engine/quote.ts";
import type { Dataset } from "./datasets.ts";
import type { SubjectType } from "./manifest.ts";

/** A subject type under the name of its view. */
export interface NamedType {
  readonly name: string;
  readonly type: SubjectType;
  /** The attributes of which its subjects have fixed values. */
  readonly attributes: readonly FixedAttribute[];
}

/** The subject types of a store, each under the name of its view. */
export function namedTypes(datasets: readonly Dataset[], reserved: ReadonlySet<string>): NamedType[] {
  const taken = new Set(reserved);
  return distinctTypes(datasets).map((type) => {
    const name = viewName(type, taken);
    taken.add(name);
    return { name, type, attributes: fixedAttributes(type, datasets) };
  });
}

/** A view for each subject type, by name: its subjects in order, with their fixed values as columns. */
export function subjectTypeViews(
  datasets: readonly Dataset[],
  reserved: ReadonlySet<string>,
): [string, string][] {
  return namedTypes(datasets, reserved).map(({ name, type, attributes }) => [
    name,
    selectType(type, attributes),
  ]);
}

/** Name by which SQL finds the subjects of a type: its label with other signs turned into `_`. */
export function viewName(
  type: Pick<SubjectType, "provider" | "label">,
  taken: ReadonlySet<string> = new Set(),
): string {
  const plain = (text: string) => text.replace(/[^\p{L}\p{N}]+/gu, "_");
  const short = plain(type.label);
  return taken.has(short) ? `${plain(type.provider)}_${short}` : short;
}

function distinctTypes(datasets: readonly Dataset[]): SubjectType[] {
  const types = new Map<string, SubjectType>();
  for (const type of datasets.flatMap(({ manifest }) => manifest.subjectTypes)) {
    types.set(JSON.stringify([type.provider, type.label]), type);
  }
  return [...types.values()];
}

/** An attribute by its full name. */
export interface FixedAttribute {
  readonly provider: string;
  readonly label: string;
  /** Whether all of its values, which the store keeps as texts, are numbers. */
  readonly isNumeric: boolean;
}

/** The attributes of which subjects of the type have fixed values; of one label that of the newest dataset. */
function fixedAttributes(type: SubjectType, datasets: readonly Dataset[]): FixedAttribute[] {
  const attributes = new Map<string, FixedAttribute>();
  for (const content of datasets.flatMap(({ manifest }) => manifest.contents)) {
    const { table, subjectProvider, subjectType, provider, attribute: label, isNumeric = false } = content;
    if (table !== "fixed_values" || subjectProvider !== type.provider || subjectType !== type.label) continue;
    if (provider === undefined || label === undefined) continue;
    const older = attributes.get(label);
    const isSame = older?.provider === provider;
    attributes.set(label, { provider, label, isNumeric: isNumeric && !(isSame && !older.isNumeric) });
  }
  return [...attributes.values()];
}

function selectType(type: SubjectType, attributes: readonly FixedAttribute[]): string {
  const own = ["label", "name", "shape"];
  const fixed = attributes.filter(({ label }) => !own.includes(label));
  const where = `subject_type = ${quoteLiteral(type.label)}`;
  const subjects = `SELECT label, name, shape, position FROM subjects WHERE provider = ${quoteLiteral(type.provider)} AND ${where}`;
  if (fixed.length === 0) return `SELECT label, name, shape FROM (${subjects}) ORDER BY position`;
  const pivot = fixed.map(({ provider, label, isNumeric }) => {
    const test = `provider = ${quoteLiteral(provider)} AND attribute = ${quoteLiteral(label)}`;
    const value = `max(value) FILTER (WHERE ${test})`;
    return `${isNumeric ? `CAST(${value} AS DOUBLE)` : value} AS ${quoteIdentifier(label)}`;
  });
  const values = `SELECT subject_label, ${pivot.join(", ")} FROM fixed_values WHERE subject_provider = ${quoteLiteral(type.provider)} AND ${where} GROUP BY subject_label`;
  const columns = [
    "s.label",
    "s.name",
    "s.shape",
    ...fixed.map(({ label }) => `v.${quoteIdentifier(label)}`),
  ];
  return `SELECT ${columns.join(", ")} FROM (${subjects}) s LEFT JOIN (${values}) v ON v.subject_label = s.label ORDER BY s.position`;
}
