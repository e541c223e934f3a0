import { defineField } from "./field.ts";
import { optionalText } from "./parameters.ts";
import { plannedValue } from "./planned.ts";

/** The same text for every subject. */
export const constant = defineField({
  name: "constant",
  fieldClass: "uk.org.tombolo.field.value.ConstantField",
  doc: "The same value for every subject.",
  example: 'year: { constant: "2018" }',
  main: "value",
  properties: { value: { type: "text", doc: "the value", optional: true } },
  plan(parameters, context) {
    const value = optionalText(parameters, "value") ?? null;
    return plannedValue(context.node("text", { op: "constant", value }), "text", []);
  },
});
