import { defineField } from "./field.ts";
import { origins } from "./planned.ts";
import { TIME_PROPERTIES } from "./time-window.ts";
import { planTimed } from "./timed-attribute.ts";

/** The mean of all timed values of an attribute. */
export const timeseriesMeanValue = defineField({
  name: "timeseries-mean-value",
  fieldClass: "uk.org.tombolo.field.value.TimeseriesMeanValueField",
  doc: "The mean of all the subject's values of an attribute that has times. A GeoJSON file has the values as well.",
  example: "no2: { timeseries-mean-value: erg.kcl.ac.uk/NO2 40 ug/m3 as an annual mean }",
  main: "attribute",
  properties: {
    attribute: { type: "attribute", doc: "the attribute, as provider/label or its label alone" },
    ...TIME_PROPERTIES,
  },
  plan(parameters, context) {
    const { node, attribute } = planTimed("series", parameters, context);
    const shape = { form: "series-mean", node } as const;
    return { node, shape, unit: attribute.unit, kind: "mean", ...origins([context.subjects, attribute]) };
  },
});
