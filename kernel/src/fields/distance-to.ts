import { unitSize, unitsOf } from "../recipe/units.ts";
import { defineField } from "./field.ts";
import { inPlane, PLANE_PROPERTY, planeOf } from "./measured.ts";
import { numberParameter, subjectParameter, textParameter } from "./parameters.ts";
import { plannedNumber } from "./planned.ts";

/** Distance to the nearest subject of a type. */
export const distanceTo = defineField({
  name: "distance-to",
  fieldClass: "distance-to",
  doc: "Distance from the subject's shape to the nearest subject of another type, on the ellipsoid; 0 where they touch, missing beyond the limit.",
  example: "gp_m: { distance-to: gpSurgeries, maxDistanceMetres: 5000 }",
  main: "subject",
  properties: {
    subject: { type: "subject", doc: "subject type of the others" },
    unit: { type: "unit", doc: "unit of the result", default: "m", values: unitsOf("length") },
    targetCRSCode: PLANE_PROPERTY,
    maxDistanceMetres: { type: "number", doc: "how far is looked, in metres", default: 10_000, minimum: 0 },
  },
  plan(parameters, context) {
    const unit = textParameter(parameters, "unit");
    const others = context.set([subjectParameter(parameters, "subject")], "subject");
    const limit = numberParameter(parameters, "maxDistanceMetres");
    const none = context.reason(`no ${others.title} is within ${limit} metres${inPlane(parameters)}`);
    const of = context.node("number", {
      op: "nearest-distance",
      others: others.id,
      limit,
      unit: "metres",
      ...planeOf(parameters),
      none,
    });
    const node = context.node("number", { op: "scale", factor: 1 / unitSize(unit), of });
    return plannedNumber(node, [context.subjects, others], { unit, kind: "amount" });
  },
});
