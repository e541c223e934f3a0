import { defineField } from "./field.ts";
import { attributeParameter } from "./parameters.ts";
import { plannedValue, titleOf, warnAboutAttribute, warnAboutTime } from "./planned.ts";

/** The fixed value of an attribute, as text. */
export const fixedValue = defineField({
  name: "fixed-value",
  fieldClass: "uk.org.tombolo.field.value.FixedValueField",
  doc: "The subject's value of an attribute that has no time, as text; `value` reads numbers as numbers.",
  example: "line: { fixed-value: org.openstreetmap/line }",
  main: "attribute",
  properties: {
    attribute: { type: "attribute", doc: "the attribute, as provider/label or its label alone" },
  },
  plan(parameters, context) {
    const attribute = context.attribute(attributeParameter(parameters, "attribute"), "attribute");
    const title = titleOf(parameters.label, context);
    warnAboutAttribute(attribute, title, context);
    warnAboutTime(attribute, "fixed", title, context);
    const { provider, label, unit, kind } = attribute;
    const missing = context.reason(`the subject has no value of ${provider}/${label}`);
    const node = context.node("text", { op: "fixed", provider, attribute: label, missing });
    return plannedValue(node, "text", [context.subjects, attribute], { unit, kind });
  },
});
