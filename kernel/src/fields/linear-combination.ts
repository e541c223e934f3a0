import { defineField } from "./field.ts";
import { MISSING_POLICIES, missingProperty } from "./missing.ts";
import { choiceParameter, fieldsParameter, numbersParameter } from "./parameters.ts";
import { plannedNumber } from "./planned.ts";

/** A weighted sum of several fields. */
export const linearCombination = defineField({
  name: "linear-combination",
  fieldClass: "uk.org.tombolo.field.transformation.LinearCombinationField",
  doc: "A sum of several fields, each times its number. A member without a value counts zero unless told otherwise.",
  example: "index: { linear-combination: [tube_km, area_km2], scalars: [0.7, 0.3] }",
  main: "fields",
  properties: {
    scalars: { type: "numbers", doc: "the numbers, one for each field" },
    fields: { type: "fields", doc: "the members" },
    missing: missingProperty("zero"),
  },
  plan(parameters, context) {
    const scalars = numbersParameter(parameters, "scalars");
    const fields = fieldsParameter(parameters, "fields");
    if (scalars.length !== fields.length) {
      const message = `${scalars.length} scalars do not go with ${fields.length} fields`;
      context.mistake(["scalars"], message, "Each field has one.");
    }
    const members = fields.map((field, index) => context.single(field, "fields", index));
    const node = context.node("number", {
      op: "combine",
      how: "add",
      members: members.map((member) => member.node),
      scalars,
      missing: choiceParameter(parameters, "missing", MISSING_POLICIES),
      infinite: context.reason("the result is no finite number"),
    });
    return plannedNumber(node, members, { kind: "index" });
  },
});
