import { defineField } from "./field.ts";
import { origins } from "./planned.ts";
import { TIME_PROPERTIES } from "./time-window.ts";
import { planTimed } from "./timed-attribute.ts";

/** The newest timed value of an attribute. */
export const latestValue = defineField({
  name: "latest-value",
  fieldClass: "uk.org.tombolo.field.value.LatestValueField",
  doc: "The subject's newest value of an attribute that has times.",
  example: "cars: { latest-value: uk.gov.dft/CountCarsTaxis }",
  main: "attribute",
  properties: {
    attribute: { type: "attribute", doc: "the attribute, as provider/label or its label alone" },
    ...TIME_PROPERTIES,
  },
  plan(parameters, context) {
    const { node, attribute } = planTimed("latest", parameters, context);
    const { unit, kind } = attribute;
    return { node, shape: { form: "timed", node }, unit, kind, ...origins([context.subjects, attribute]) };
  },
});
