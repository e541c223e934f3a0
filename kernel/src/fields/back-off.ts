import type { FieldRecipe } from "../recipe/recipe.ts";
import { defineField, type PlanContext, type PlannedValue } from "./field.ts";
import { fieldsParameter } from "./parameters.ts";
import { commonUnit, plannedValue, titleOf } from "./planned.ts";

/** The first of several fields that has a value. */
export const backOff = defineField({
  name: "back-off",
  fieldClass: "uk.org.tombolo.field.aggregation.BackOffField",
  doc: "The first of several fields that has a value, such as the area's own and then that of the district around it. Zero is a value.",
  example: "no2: { back-off: [tube_km, area_km2] }",
  main: "fields",
  properties: { fields: { type: "fields", doc: "the fields, first the one that is wanted most" } },
  plan(parameters, context) {
    const members = planMembers(parameters, context);
    const types = new Set(members.map(({ node }) => context.get(node).type));
    const isNumber = types.size === 1 && types.has("number");
    const node = context.node(isNumber ? "number" : "text", {
      op: "choose",
      members: members.map((member) => member.node),
      none: context.reason("no member of the back-off has a value"),
    });
    const unit = commonUnit(
      members.filter(({ node }) => context.get(node).op !== "constant"),
      `${titleOf(parameters.label, "back-off")} mixes`,
      context,
    );
    return plannedValue(node, isNumber ? "number" : "either", members, { unit, kind: members[0]?.kind });
  },
});

function planMembers(parameters: FieldRecipe, context: PlanContext): PlannedValue[] {
  return fieldsParameter(parameters, "fields").map((field, index) => context.single(field, "fields", index));
}
