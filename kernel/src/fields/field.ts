import type { Access } from "@tombolo/bundle";
import type { StatisticKind } from "../engine/columns.ts";
import type { MistakeCode, Step } from "../recipe/mistake.ts";
import type { Node, NodeId, Operation, Planned, ReasonId, SetId, ValueType } from "../recipe/plan-types.ts";
import type { AttributeRecipe, FieldRecipe, SubjectRecipe } from "../recipe/recipe.ts";

/**
 * What a property of a field holds. A `field` is another field, or the label of another column; the plurals are lists.
 * `values` are texts with numbers accepted, `datasources` as in a recipe.
 */
export type PropertyType =
  | "text"
  | "texts"
  | "integer"
  | "number"
  | "numbers"
  | "boolean"
  | "unit"
  | "time"
  | "subject"
  | "subjects"
  | "attribute"
  | "attributes"
  | "field"
  | "fields"
  | "datasources"
  | "condition"
  | "parameters";

/** A property of a field, from which reading, messages, schema and help are made. */
export interface PropertyDeclaration {
  readonly type: PropertyType;
  readonly doc: string;
  readonly default?: string | number | boolean;
  /** Absent when it is not given; a property with a default needs no such mark. */
  readonly optional?: boolean;
  /** The only texts allowed. */
  readonly values?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
}

/** Subjects of a plan with what the catalogue knows of them. */
export interface PlannedSet {
  readonly id: SetId;
  /** The types in words, for messages. */
  readonly title: string;
  readonly access: Access;
  readonly sources: readonly string[];
  /** Years of the boundaries, as `lsoa of 2011`. */
  readonly vintages: readonly Vintage[];
}

/** A subject type and the year of its boundaries. */
export interface Vintage {
  readonly type: string;
  readonly year: string;
}

/** A field that has one value for each subject. */
export type PlannedValue = Planned & { readonly node: NodeId };

/** What the catalogue knows of an attribute; `known` is false when the store has none such. */
export interface PlannedAttribute {
  readonly provider: string;
  readonly label: string;
  readonly known: boolean;
  /** Whether its values have times; undefined when nothing is known of it. */
  readonly values?: "fixed" | "timed";
  /** Whether it has values of both kinds. */
  readonly isMixed?: boolean;
  readonly unit?: string;
  readonly kind?: StatisticKind;
  /** Year of the boundaries of the areas that it is measured for. */
  readonly vintage?: string;
  readonly access: Access;
  readonly sources: readonly string[];
}

/** What a field sees while it is planned for a set of subjects. */
export interface PlanContext {
  /** The subjects that the field is planned for. */
  readonly subjects: PlannedSet;
  /** Label of the column that the field is part of, for warnings. */
  readonly column: string;
  /** Labels of all columns. */
  readonly columns: ReadonlySet<string>;
  /** Plans a field inside this one; the steps lead to it. Equal fields are planned once. */
  plan(field: FieldRecipe, ...steps: readonly Step[]): Planned;
  /** The same for a field that must have one value for each subject; a mistake when it has none. */
  single(field: FieldRecipe, ...steps: readonly Step[]): PlannedValue;
  /** The same context for other subjects. */
  on(set: PlannedSet): PlanContext;
  /** Takes an operation on the context's subjects into the plan; equal ones once. */
  node(type: ValueType, operation: Operation): NodeId;
  get(node: NodeId): Node;
  /** Takes subjects into the plan. */
  set(subjects: readonly SubjectRecipe[], ...steps: readonly Step[]): PlannedSet;
  /** What the catalogue knows of an attribute. */
  attribute(reference: AttributeRecipe, ...steps: readonly Step[]): PlannedAttribute;
  /** Takes a sentence that says why a value is missing into the plan. */
  reason(sentence: string): ReasonId;
  warn(sentence: string): void;
  /** Throws a mistake in this field. */
  mistake(steps: readonly Step[], message: string, hint?: string, code?: MistakeCode): never;
  /** Plans the root field of the model that a field names. */
  model(
    field: FieldRecipe,
    parameters: Readonly<Record<string, unknown>>,
    ...steps: readonly Step[]
  ): Planned;
}

/** A function from a subject to a value: one object with its name, documentation, properties and meaning. */
export interface Field {
  /** The word in a recipe; equal to the file's name. */
  readonly name: string;
  /** Class name in the canonical form: that of 2019 where there was one, else the name. */
  readonly fieldClass: string;
  readonly doc: string;
  /** A line of YAML. */
  readonly example: string;
  /** The property that `name: value` gives. */
  readonly main?: string;
  /** Other words that mean this field with some of its properties given. */
  readonly words?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly properties: Readonly<Record<string, PropertyDeclaration>>;
  /** Reads a shorthand text into properties; used instead of {@link Field.main}. */
  readShort?(text: string): Readonly<Record<string, unknown>> | undefined;
  /** Writes properties as the shorthand text, when it can say all of them. */
  writeShort?(parameters: Readonly<Record<string, unknown>>): string | undefined;
  /** Turns what is shorthand among the properties read into the others, so that the canonical form says it in full. */
  expand?(parameters: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>;
  plan(parameters: FieldRecipe, context: PlanContext): Planned;
}

/** Declares a field. */
export function defineField(field: Field): Field {
  return field;
}
