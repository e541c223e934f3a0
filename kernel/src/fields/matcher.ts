import type { AttributeTest } from "../recipe/plan-types.ts";
import type { FieldRecipe } from "../recipe/recipe.ts";
import type { PlanContext, PlannedAttribute } from "./field.ts";
import { fieldParameter } from "./parameters.ts";
import { origins, textFormsOf } from "./planned.ts";

/** Plans the inner field for subjects that pass one of the tests, and 0 for the others. */
export function planMatcher(
  tests: readonly AttributeTest[],
  attributes: readonly PlannedAttribute[],
  parameters: FieldRecipe,
  context: PlanContext,
) {
  const of = context.single(fieldParameter(parameters, "field"), "field");
  const { type } = context.get(of.node);
  const node = context.node(type, { op: "match", tests, of: of.node });
  const origin = origins([context.subjects, of, ...attributes]);
  const textBy =
    type === "number"
      ? { textBy: context.node("text", { op: "match", tests, of: textFormsOf(of, context) }) }
      : {};
  const shape = { form: "value", node, text: "either", ...textBy } as const;
  return { node, shape, unit: of.unit, kind: of.kind, ...origin };
}

/** Values that a test accepts: none given, or `*` among them, accepts every value. */
export function acceptedValues(values: readonly string[] | undefined): {
  readonly values?: readonly string[];
} {
  return values === undefined || values.length === 0 || values.includes("*") ? {} : { values };
}
