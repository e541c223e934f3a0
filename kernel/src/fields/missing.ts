import type { MissingPolicy } from "../recipe/plan-types.ts";
import type { PropertyDeclaration } from "./field.ts";

/** What a field may do with a member that has no value. */
export const MISSING_POLICIES: readonly MissingPolicy[] = ["refuse", "skip", "zero"];

/** The property by which a recipe chooses one; each field has its own default, that of 2019. */
export function missingProperty(standard: MissingPolicy): PropertyDeclaration {
  return {
    type: "text",
    doc: "what a member without a value does: refuse (the result is missing too), skip (it is left out) or zero (it counts 0)",
    default: standard,
    values: MISSING_POLICIES,
  };
}
