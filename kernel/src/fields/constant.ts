import { defineField } from "./field.ts";
import { textParameter } from "./parameters.ts";

/** The same text for every subject. */
export const constant = defineField({
  name: "constant",
  fieldClass: "uk.org.tombolo.field.value.ConstantField",
  doc: "The same value for every subject.",
  example: 'year: { constant: "2018" }',
  main: "value",
  properties: { value: { type: "text", doc: "the value" } },
  plan: (parameters) => ({
    expression: { op: "constant", value: textParameter(parameters, "value") },
    type: "text",
    access: "public",
    sources: [],
    missing: "",
  }),
});
