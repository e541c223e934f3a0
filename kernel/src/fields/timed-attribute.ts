import type { NodeId } from "../recipe/plan-types.ts";
import type { FieldRecipe } from "../recipe/recipe.ts";
import type { PlanContext, PlannedAttribute } from "./field.ts";
import { attributeParameter } from "./parameters.ts";
import { titleOf, warnAboutAttribute, warnAboutTime } from "./planned.ts";
import { describeWindow, timeWindow } from "./time-window.ts";

/** Plans the timed values of the field's attribute: the newest, or all of them with their mean. */
export function planTimed(
  op: "latest" | "series",
  parameters: FieldRecipe,
  context: PlanContext,
): { readonly node: NodeId; readonly attribute: PlannedAttribute } {
  const attribute = context.attribute(attributeParameter(parameters, "attribute"), "attribute");
  const title = titleOf(parameters.label, context);
  warnAboutAttribute(attribute, title, context);
  warnAboutTime(attribute, "timed", title, context);
  const { provider, label } = attribute;
  const window = timeWindow(parameters);
  const missing = context.reason(`the subject has no value of ${provider}/${label}${describeWindow(window)}`);
  const node = context.node("number", { op, provider, attribute: label, ...window, missing });
  return { node, attribute };
}
