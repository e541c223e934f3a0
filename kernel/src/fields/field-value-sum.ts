import { defineField } from "./field.ts";
import { fieldsParameter } from "./parameters.ts";
import { commonUnit, plannedNumber, titleOf, warnAboutSum } from "./planned.ts";

/** Sum of several fields: the older spelling of list-arithmetic. */
export const fieldValueSum = defineField({
  name: "field-value-sum",
  fieldClass: "uk.org.tombolo.field.transformation.FieldValueSumField",
  doc: "Sum of several fields; an older spelling of sum.",
  example: "both: { field-value-sum: [tube_km, area_km2] }",
  main: "fields",
  properties: { fields: { type: "fields", doc: "the members" } },
  plan(parameters, context) {
    const members = fieldsParameter(parameters, "fields").map((field, index) =>
      context.single(field, "fields", index),
    );
    const node = context.node("number", {
      op: "combine",
      how: "add",
      members: members.map((member) => member.node),
      missing: "refuse",
      infinite: context.reason("the result is no finite number"),
    });
    const title = titleOf(parameters.label, context);
    warnAboutSum(members, title, context);
    const unit = commonUnit(members, `${title} adds`, context);
    return plannedNumber(node, members, { unit, kind: members[0]?.kind });
  },
});
