import { defineField } from "./field.ts";
import { acceptedValues, planMatcher } from "./matcher.ts";
import { attributesParameter } from "./parameters.ts";

/** A field for the subjects that have some fixed value, and 0 for the others. */
export const attributeMatcher = defineField({
  name: "attribute-matcher",
  fieldClass: "uk.org.tombolo.field.assertion.AttributeMatcherField",
  doc: "The value of a field for subjects that have one of some fixed values, and 0 for the others.",
  example:
    "park: { attribute-matcher: [{ provider: org.openstreetmap, label: leisure, values: [park] }], field: 1 }",
  main: "attributes",
  properties: {
    attributes: {
      type: "attributes",
      doc: "the attributes, each with the values that it may have; any value when none is given",
    },
    field: { type: "field", doc: "the value of the subjects that match" },
  },
  plan(parameters, context) {
    const references = attributesParameter(parameters, "attributes");
    const attributes = references.map((reference, index) =>
      context.attribute(reference, "attributes", index),
    );
    const tests = attributes.map(({ provider, label }, index) => ({
      provider,
      attribute: label,
      ...acceptedValues(references[index]?.values),
    }));
    return planMatcher(tests, attributes, parameters, context);
  },
});
