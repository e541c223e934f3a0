import { defineField } from "./field.ts";
import { MODEL_PROPERTIES, planModelField } from "./modelling.ts";

/** Whatever a model gives; not a single value. */
export const basicModelling = defineField({
  name: "basic-modelling",
  fieldClass: "uk.org.tombolo.field.modelling.BasicModellingField",
  doc: "What the root field of a model gives, also when that is no single value. It cannot be an operand.",
  example: "parts: { basic-modelling: census/fraction-renting }",
  main: "recipe",
  properties: MODEL_PROPERTIES,
  plan: (parameters, context) => ({ ...planModelField(parameters, context), node: undefined }),
});
