import type { Plan } from "../recipe/plan-types.ts";
import type { Dataset } from "../store/datasets.ts";
import type { UnitOfRecord } from "../store/unit-of-record.ts";
import { type ColumnInputs, inputsOf, inputsOfSet, nodesOf } from "./inputs.ts";

/** What the records behind a column are about. */
export interface ColumnUnits {
  readonly units: readonly (UnitOfRecord | "not known")[];
  /** Whether it is made from things alone, such as roads or trees, and of areas no more than their shapes and labels. */
  readonly isOfThings: boolean;
}

/** The units of record behind a recipe's result. */
export interface ResultUnits {
  /** What each row is about. */
  readonly rows: ColumnUnits;
  readonly columns: ReadonlyMap<string, ColumnUnits>;
}

/** The units of record behind the rows and the columns of a recipe's result; undefined for a table that no recipe has made. */
export function unitsOfRecord(plan: Plan | undefined, datasets: readonly Dataset[]): ResultUnits | undefined {
  if (!plan) return undefined;
  const columns = plan.columns.map(
    ({ label, shape }) => [label, describeUnits(inputsOf(plan, nodesOf(shape)), datasets)] as const,
  );
  return {
    rows: describeUnits(inputsOfSet(plan, plan.subjects), datasets),
    columns: new Map(columns),
  };
}

function describeUnits(
  { subjectTypes, attributes }: ColumnInputs,
  datasets: readonly Dataset[],
): ColumnUnits {
  const measured = attributes.flatMap((attribute) => unitsBringing("attributes", attribute, datasets));
  const counted = subjectTypes.flatMap((type) => unitsBringing("subjectTypes", type, datasets));
  const units = [...new Set([...counted, ...measured])];
  return {
    units,
    isOfThings:
      units.includes("none") &&
      measured.every((unit) => unit === "none") &&
      counted.every((unit) => unit === "none" || unit === "area"),
  };
}

function unitsBringing(
  of: "subjectTypes" | "attributes",
  { provider, label }: { readonly provider: string; readonly label: string },
  datasets: readonly Dataset[],
): ColumnUnits["units"] {
  const isMeant = (entry: { readonly provider: string; readonly label: string }) =>
    (provider === "*" || entry.provider === provider) && (label === "*" || entry.label === label);
  const bringing = datasets.filter(({ manifest }) => manifest[of].some(isMeant));
  if (bringing.length === 0) return ["not known"];
  return bringing.map(({ manifest }) => manifest.unitOfRecord ?? "not known");
}
