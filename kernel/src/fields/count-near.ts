import { defineField } from "./field.ts";
import { noShapeIn, PLANE_PROPERTY, planeOf } from "./measured.ts";
import { numberParameter, optionalNumber, subjectParameter } from "./parameters.ts";
import { plannedNumber } from "./planned.ts";

/** Number of subjects of a type within a distance. */
export const countNear = defineField({
  name: "count-near",
  fieldClass: "count-near",
  doc: "Number of subjects of another type whose shape is no farther away than a distance, on the ellipsoid.",
  example: "stops: { count-near: busStop, metres: 400 }",
  main: "subject",
  properties: {
    subject: { type: "subject", doc: "subject type of the others" },
    metres: { type: "number", doc: "the distance in metres", minimum: 0 },
    targetCRSCode: PLANE_PROPERTY,
  },
  plan(parameters, context) {
    const others = context.set([subjectParameter(parameters, "subject")], "subject");
    const metres = numberParameter(parameters, "metres");
    const missing = context.reason(noShapeIn(optionalNumber(parameters, "targetCRSCode")));
    const node = context.node("number", {
      op: "count-near",
      others: others.id,
      metres,
      missing,
      ...planeOf(parameters),
    });
    return plannedNumber(node, [context.subjects, others], { kind: "count" });
  },
});
