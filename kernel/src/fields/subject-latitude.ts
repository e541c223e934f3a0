import { defineField } from "./field.ts";
import { plannedNumber } from "./planned.ts";

/** Latitude of the subject's centre. */
export const subjectLatitude = defineField({
  name: "subject-latitude",
  fieldClass: "uk.org.tombolo.field.value.SubjectLatitudeField",
  doc: "Latitude of the planar centroid of the subject's shape, in degrees; it may lie outside a concave shape.",
  example: "latitude: { subject-latitude: }",
  properties: {},
  plan(_parameters, context) {
    const missing = context.reason("the subject has no shape");
    const node = context.node("number", { op: "coordinate", axis: "y", missing });
    return plannedNumber(node, [context.subjects], { unit: "°" });
  },
});
