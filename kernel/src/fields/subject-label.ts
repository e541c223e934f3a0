import { defineField } from "./field.ts";
import { plannedValue } from "./planned.ts";

/** The subject's label. */
export const subjectLabel = defineField({
  name: "subject-label",
  fieldClass: "subject-label",
  doc: "The subject's label, such as the code of an area. Useful inside containing or nearest.",
  example: "code: { subject-label: }",
  properties: {},
  plan: (_parameters, context) =>
    plannedValue(context.node("text", { op: "label" }), "text", [context.subjects]),
});
