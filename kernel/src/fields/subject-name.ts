import { defineField } from "./field.ts";
import { plannedValue } from "./planned.ts";

/** The subject's name. */
export const subjectName = defineField({
  name: "subject-name",
  fieldClass: "uk.org.tombolo.field.value.SubjectNameField",
  doc: "The subject's name.",
  example: "borough: { subject-name: }",
  properties: {},
  plan: (_parameters, context) =>
    plannedValue(context.node("text", { op: "name" }), "text", [context.subjects]),
});
