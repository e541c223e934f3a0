import { defineField } from "./field.ts";
import { origins } from "./planned.ts";
import { TIME_PROPERTIES } from "./time-window.ts";
import { planTimed } from "./timed-attribute.ts";

/** All timed values of an attribute. */
export const timeseries = defineField({
  name: "timeseries",
  fieldClass: "uk.org.tombolo.field.value.TimeseriesField",
  doc: "All the subject's values of an attribute with their times, in order of time. Not a single value: no operand, no CSV.",
  example: "no2_by_year: { timeseries: erg.kcl.ac.uk/NO2 40 ug/m3 as an annual mean }",
  main: "attribute",
  properties: {
    attribute: { type: "attribute", doc: "the attribute, as provider/label or its label alone" },
    ...TIME_PROPERTIES,
  },
  plan(parameters, context) {
    const { node, attribute } = planTimed("series", parameters, context);
    return {
      shape: { form: "series", node },
      unit: attribute.unit,
      ...origins([context.subjects, attribute]),
    };
  },
});
