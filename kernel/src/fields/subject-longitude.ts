import { defineField } from "./field.ts";
import { plannedNumber } from "./planned.ts";

/** Longitude of the subject's centre. */
export const subjectLongitude = defineField({
  name: "subject-longitude",
  fieldClass: "uk.org.tombolo.field.value.SubjectLongitudeField",
  doc: "Longitude of the planar centroid of the subject's shape, in degrees; it may lie outside a concave shape.",
  example: "longitude: { subject-longitude: }",
  properties: {},
  plan(_parameters, context) {
    const missing = context.reason("the subject has no shape");
    const node = context.node("number", { op: "coordinate", axis: "x", missing });
    return plannedNumber(node, [context.subjects], { unit: "°" });
  },
});
