import { strictest } from "@tombolo/bundle";
import { defineField } from "./field.ts";
import { attributeParameter } from "./parameters.ts";

/** The fixed value of an attribute, as text. */
export const fixedValue = defineField({
  name: "fixed-value",
  fieldClass: "uk.org.tombolo.field.value.FixedValueField",
  doc: "The subject's value of an attribute that has no time, as text.",
  example: "line: { fixed-value: org.openstreetmap/line }",
  main: "attribute",
  properties: {
    attribute: { type: "attribute", doc: "the attribute, as provider/label or its label alone" },
  },
  plan(parameters, context) {
    const { provider, label, unit, access, source } = context.attribute(
      attributeParameter(parameters, "attribute"),
    );
    return {
      expression: { op: "fixed-value", provider, attribute: label },
      type: "text",
      unit,
      access: strictest([access, context.subjects.access]),
      sources: [...context.subjects.sources, source],
      missing: "the subject has no such value",
    };
  },
});
