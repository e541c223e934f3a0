import { defineField } from "./field.ts";
import { MISSING_POLICIES, missingProperty } from "./missing.ts";
import { choiceParameter, fieldsParameter } from "./parameters.ts";
import { commonUnit, plannedNumber, titleOf, warnAboutSum } from "./planned.ts";

/** Sum or product of several fields. */
export const listArithmetic = defineField({
  name: "list-arithmetic",
  fieldClass: "uk.org.tombolo.field.transformation.ListArithmeticField",
  doc: "Sum or product of several fields. A member that is missing makes the whole missing; one that is no number is left out.",
  example: "both: { sum: [tube_km, area_km2] }",
  main: "fields",
  words: { sum: { operation: "add" }, product: { operation: "mul" } },
  properties: {
    operation: { type: "text", doc: "what to do; sum is the same as add", values: ["add", "sum", "mul"] },
    fields: { type: "fields", doc: "the members" },
    missing: missingProperty("refuse"),
  },
  plan(parameters, context) {
    const operation = choiceParameter(parameters, "operation", ["add", "sum", "mul"]);
    const missing = choiceParameter(parameters, "missing", MISSING_POLICIES);
    const members = fieldsParameter(parameters, "fields").map((field, index) =>
      context.single(field, "fields", index),
    );
    const how = operation === "mul" ? "mul" : "add";
    const title = titleOf(parameters.label, context);
    if (how === "add") warnAboutSum(members, title, context);
    const unit = how === "add" ? commonUnit(members, `${title} adds`, context) : undefined;
    const node = context.node("number", {
      op: "combine",
      how,
      members: members.map((member) => member.node),
      missing,
      infinite: context.reason("the result is no finite number"),
    });
    return plannedNumber(node, members, { unit, kind: how === "add" ? members[0]?.kind : undefined });
  },
});
