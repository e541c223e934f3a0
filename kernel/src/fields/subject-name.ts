import { defineField } from "./field.ts";

/** The subject's name. */
export const subjectName = defineField({
  name: "subject-name",
  fieldClass: "uk.org.tombolo.field.value.SubjectNameField",
  doc: "The subject's name.",
  example: "borough: { subject-name: }",
  properties: {},
  plan: (_parameters, { subjects }) => ({
    expression: { op: "subject-name" },
    type: "text",
    access: subjects.access,
    sources: subjects.sources,
    missing: "the subject has no name",
  }),
});
