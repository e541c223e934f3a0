import type { Comparison, GeoRelation } from "./plan-types.ts";

/** Which subjects: a subject type with its provider, and rules that choose among them. */
export interface SubjectRecipe {
  /** `*` where the label alone is enough: whichever provider has such a type. */
  readonly provider: string;
  readonly subjectType: string;
  readonly matchRule?: MatchRule;
  readonly geoMatchRule?: GeoMatchRule;
  /** Only subjects whose values fulfil this. */
  readonly where?: Condition;
}

/** Stands for whichever provider has a subject type. */
export const ANY_PROVIDER = "*";

/** Chooses by label or name: SQL's LIKE, case does not matter. */
export interface MatchRule {
  readonly attribute: "label" | "name";
  readonly pattern: string;
}

/** Chooses by shape: candidate RELATION the shapes of the subjects, merged into one. */
export interface GeoMatchRule {
  readonly geoRelation: GeoRelation;
  readonly subjects: readonly SubjectRecipe[];
}

/** A test on the values of a subject. */
export type Condition =
  | { readonly and: readonly Condition[] }
  | { readonly or: readonly Condition[] }
  | { readonly not: Condition }
  | { readonly field: FieldRecipe; readonly is: Comparison; readonly value: string | number }
  | { readonly field: FieldRecipe; readonly is: "present" };

/** One column: the class of its field and that field's parameters, with every default written out. */
export interface FieldRecipe {
  readonly fieldClass: string;
  readonly label?: string;
  readonly [parameter: string]: unknown;
}

/** One thing to import before the recipe runs. */
export interface DatasourceRecipe {
  readonly importerClass: string;
  readonly datasourceId: string;
  readonly geographyScope?: readonly string[];
  readonly temporalScope?: readonly string[];
  readonly localData?: readonly string[];
  readonly configFile?: string;
}

/** An attribute, with its provider where the label alone is not enough. */
export interface AttributeRecipe {
  readonly provider?: string;
  readonly label: string;
  /** Values that an assertion accepts. */
  readonly values?: readonly string[];
}

/**
 * A recipe in its canonical form, that of the recipes of 2019: what every spelling becomes and what is shown, planned and
 * shared.
 */
export interface Recipe {
  readonly dataset: {
    readonly subjects: readonly SubjectRecipe[];
    readonly datasources: readonly DatasourceRecipe[];
    readonly fields: readonly FieldRecipe[];
  };
  readonly exporter: string;
  readonly timeStamp: boolean;
}

/** Whether a value is an object with properties, as YAML and JSON have them. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether a value is a recipe in canonical form, told by its outline. */
export function isRecipe(value: unknown): value is Recipe {
  if (!isRecord(value) || !isRecord(value.dataset) || typeof value.exporter !== "string") return false;
  const { subjects, datasources, fields } = value.dataset;
  return [subjects, datasources, fields].every(Array.isArray);
}

/** Whether a value is a field in canonical form. */
export function isFieldRecipe(value: unknown): value is FieldRecipe {
  return isRecord(value) && typeof value.fieldClass === "string";
}

/** Whether a value names subjects in canonical form. */
export function isSubjectRecipe(value: unknown): value is SubjectRecipe {
  return isRecord(value) && typeof value.subjectType === "string";
}
