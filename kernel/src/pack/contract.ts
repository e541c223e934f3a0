import { type Access, isAccess } from "@tombolo/bundle/access";
import { STATISTIC_KINDS, type StatisticKind } from "../engine/columns.ts";
import { OWN_PROVIDER } from "../importers/own/provider.ts";
import { isRecord } from "../recipe/recipe.ts";
import { isUnitOfRecord, type UnitOfRecord } from "../store/unit-of-record.ts";

/** What shapes the subjects of an input have. */
export const SHAPES = ["area", "line", "point"] as const;

/** One of {@link SHAPES}. */
export type Shape = (typeof SHAPES)[number];

/** An attribute that a pack reads: its schema, no value of it. */
export interface ContractAttribute {
  readonly provider: string;
  readonly label: string;
  readonly description: string;
  readonly values: "fixed" | "timed";
  readonly type: "number" | "text";
  readonly unit?: string;
  readonly kind?: StatisticKind;
  /** Who may see its values, where that is not who may see the subjects: a file of one's own about areas that everyone knows. */
  readonly access?: Access;
  /** Texts that the recipe itself looks for. */
  readonly categories?: readonly string[];
}

/** Subjects that a pack reads, with their attributes. */
export interface ContractInput {
  readonly provider: string;
  readonly subjectType: string;
  readonly title: string;
  readonly shape: Shape;
  readonly access: Access;
  /** What one record is about, where it is known. */
  readonly unitOfRecord?: UnitOfRecord;
  /** Year of the boundaries, where they are of one. */
  readonly vintage?: string;
  /** Patterns that the recipe itself chooses by, such as `Leeds%`. */
  readonly names: readonly string[];
  readonly labels: readonly string[];
  /** Rank among the areas: 0 are the smallest, each rank is made up of those below. */
  readonly rank: number;
  readonly attributes: readonly ContractAttribute[];
}

/** The inputs of a pack as schemas. Made from its recipes and the catalogue, never from data. */
export interface Contract {
  readonly version: 1;
  readonly inputs: readonly ContractInput[];
}

/** Who may see the values of an attribute. */
export const attributeAccess = (input: ContractInput, { access = input.access }: ContractAttribute): Access =>
  access;

/** Whether whoever uses the pack brings the subjects of an input himself: they are of no publisher, or not for everyone. */
export const isOwn = ({ provider, access }: ContractInput): boolean =>
  provider === OWN_PROVIDER.label || access !== "public";

/** Whether whoever uses the pack brings the values of an attribute himself. */
export const isOwnAttribute = (input: ContractInput, attribute: ContractAttribute): boolean =>
  attribute.provider === OWN_PROVIDER.label || attributeAccess(input, attribute) !== "public";

/** The inputs that whoever uses the pack brings himself, as a whole or some of their attributes; all else is published. */
export function ownInputs({ inputs }: Contract): ContractInput[] {
  return inputs.filter(
    (input) => isOwn(input) || input.attributes.some((attribute) => isOwnAttribute(input, attribute)),
  );
}

/** What an input is called: by its subject type, and by its provider as well where two have the same one. */
export function inputName({ provider, subjectType }: ContractInput, { inputs }: Contract): string {
  const isAlone = inputs.filter((input) => input.subjectType === subjectType).length === 1;
  return isAlone ? subjectType : `${provider}/${subjectType}`;
}

const MOST_INPUTS = 100;
const MOST_ATTRIBUTES = 1000;

/** Reads a contract; throws a TypeError naming what is not as it must be. */
export function parseContract(value: unknown): Contract {
  if (!isRecord(value) || value.version !== 1 || !Array.isArray(value.inputs))
    throw new TypeError("it has no version 1 and no list of inputs");
  refuseOthers(value, ["version", "inputs"], "it");
  // Dummy data is made of each, on the machine of whoever uses the pack.
  if (value.inputs.length > MOST_INPUTS) throw new TypeError(`it has more than ${MOST_INPUTS} inputs`);
  const inputs = value.inputs.map(parseInput);
  if (inputs.reduce((sum, { attributes }) => sum + attributes.length, 0) > MOST_ATTRIBUTES)
    throw new TypeError(`its inputs have more than ${MOST_ATTRIBUTES} attributes`);
  return { version: 1, inputs };
}

function parseInput(value: unknown): ContractInput {
  if (!isRecord(value)) throw new TypeError("an input is not an object");
  refuseOthers(value, INPUT, "an input");
  const name = `${String(value.provider)}/${String(value.subjectType)}`;
  const shape = SHAPES.find((known) => known === value.shape);
  if (!shape) throw new TypeError(`${name} has an unknown shape`);
  if (!isAccess(value.access)) throw new TypeError(`${name} has no access label`);
  const attributes = Array.isArray(value.attributes) ? value.attributes : [];
  return {
    provider: textOf(value, "provider"),
    subjectType: textOf(value, "subjectType"),
    title: textOf(value, "title"),
    shape,
    access: value.access,
    ...(isUnitOfRecord(value.unitOfRecord) && { unitOfRecord: value.unitOfRecord }),
    ...(typeof value.vintage === "string" && { vintage: value.vintage }),
    names: textsOf(value.names),
    labels: textsOf(value.labels),
    rank: typeof value.rank === "number" ? value.rank : 0,
    attributes: attributes.map(parseAttribute),
  };
}

function parseAttribute(value: unknown): ContractAttribute {
  if (!isRecord(value)) throw new TypeError("an attribute is not an object");
  refuseOthers(value, ATTRIBUTE, "an attribute");
  const kind = STATISTIC_KINDS.find((known) => known === value.kind);
  return {
    provider: textOf(value, "provider"),
    label: textOf(value, "label"),
    description: textOf(value, "description"),
    values: value.values === "timed" ? "timed" : "fixed",
    type: value.type === "number" ? "number" : "text",
    ...(typeof value.unit === "string" && { unit: value.unit }),
    ...(kind && { kind }),
    ...(isAccess(value.access) && { access: value.access }),
    ...(Array.isArray(value.categories) && { categories: textsOf(value.categories) }),
  };
}

const INPUT = [
  ...["provider", "subjectType", "title", "shape", "access", "unitOfRecord", "vintage"],
  ...["names", "labels", "rank", "attributes"],
];
const ATTRIBUTE = [
  ...["provider", "label", "description", "values", "type", "unit", "kind", "access", "categories"],
];

/** A contract holds schemas: whatever else it names, such as a file, is not read in silence. */
function refuseOthers(from: Readonly<Record<string, unknown>>, known: readonly string[], what: string): void {
  const other = Object.keys(from).find((key) => !known.includes(key));
  if (other !== undefined) throw new TypeError(`${what} has no property "${other.slice(0, 40)}"`);
}

function textOf(from: Readonly<Record<string, unknown>>, name: string): string {
  const value = from[name];
  if (typeof value !== "string") throw new TypeError(`${name} is not a text`);
  return value;
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}
