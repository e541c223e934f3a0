import type { TimeWindow } from "../recipe/plan-types.ts";
import type { FieldRecipe } from "../recipe/recipe.ts";
import type { PropertyDeclaration } from "./field.ts";
import { optionalText } from "./parameters.ts";

/** The properties by which a field looks at some of the times only. */
export const TIME_PROPERTIES: Readonly<Record<"from" | "to", PropertyDeclaration>> = {
  from: { type: "time", doc: "only values at this time or later", optional: true },
  to: { type: "time", doc: "only values before this time", optional: true },
};

/** The span of time that a field looks at. */
export function timeWindow(parameters: FieldRecipe): TimeWindow {
  const from = optionalText(parameters, "from");
  const to = optionalText(parameters, "to");
  return { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
}

/** A span of time in words, for messages; empty for all time. */
export function describeWindow({ from, to }: TimeWindow): string {
  if (from !== undefined && to !== undefined) return ` from ${from} to before ${to}`;
  if (from !== undefined) return ` from ${from}`;
  return to === undefined ? "" : ` before ${to}`;
}
