import type { Access } from "@tombolo/bundle";
import type { Measure, Planned, SubjectReference } from "../recipe/plan-types.ts";
import type { FieldRecipe, SubjectRecipe } from "../recipe/recipe.ts";

/** What a property of a field holds. A `field` is another field, or the label of another column. */
export type PropertyType = "text" | "integer" | "number" | "unit" | "subject" | "attribute" | "field";

/** A property of a field, from which reading, messages, schema and help are made. */
export interface PropertyDeclaration {
  readonly type: PropertyType;
  readonly doc: string;
  readonly default?: string | number;
  /** The only texts allowed. */
  readonly values?: readonly string[];
}

/** What a field sees while it is planned. */
export interface PlanContext {
  /** Plans a field inside this one; equal fields are planned once. */
  plan(field: FieldRecipe): Planned;
  /** Takes a set operator into the plan; equal ones once. Returns its number. */
  measure(measure: Measure): number;
  /** What the catalogue knows of a subject type; throws a mistake with the nearest names when it has none. */
  subjectType(
    subject: SubjectRecipe,
  ): SubjectReference & { readonly access: Access; readonly source: string };
  /** What the catalogue knows of an attribute. */
  attribute(reference: { readonly provider?: string; readonly label: string }): {
    readonly provider: string;
    readonly label: string;
    readonly unit?: string;
    readonly access: Access;
    readonly source: string;
  };
  /** The subjects that the recipe is about. */
  readonly subjects: { readonly access: Access; readonly sources: readonly string[] };
  warn(sentence: string): void;
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
  readonly properties: Readonly<Record<string, PropertyDeclaration>>;
  /** Reads a shorthand text into properties; used instead of {@link Field.main}. */
  readShort?(text: string): Readonly<Record<string, unknown>> | undefined;
  /** Writes properties as the shorthand text, when it can say all of them. */
  writeShort?(parameters: Readonly<Record<string, unknown>>): string | undefined;
  plan(parameters: FieldRecipe, context: PlanContext): Planned;
}

/** Declares a field. */
export function defineField(field: Field): Field {
  return field;
}
