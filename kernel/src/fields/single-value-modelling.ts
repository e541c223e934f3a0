import { defineField } from "./field.ts";
import { MODEL_PROPERTIES, planModelField } from "./modelling.ts";

/** The value of a model. */
export const singleValueModelling = defineField({
  name: "single-value-modelling",
  fieldClass: "uk.org.tombolo.field.modelling.SingleValueModellingField",
  doc: "The value of a model: a named field tree that brings its own datasources. %model list shows them.",
  example: "renting: { model: census/fraction-renting }",
  main: "recipe",
  words: { model: {} },
  properties: MODEL_PROPERTIES,
  plan(parameters, context) {
    const planned = planModelField(parameters, context);
    if (planned.node !== undefined) return planned;
    return context.mistake(
      ["recipe"],
      `the model ${String(parameters.recipe)} has no single value`,
      "Use basic-modelling for it.",
      "field-not-single-value",
    );
  },
});
