import { unitSize, unitsOf } from "../recipe/units.ts";
import { defineField } from "./field.ts";
import { CRS_PROPERTY, noShapeIn } from "./measured.ts";
import { numberParameter, subjectParameter, textParameter } from "./parameters.ts";
import { plannedNumber } from "./planned.ts";

/** Area of the shapes of a subject type inside each area, clipped at the boundary. */
export const areaInside = defineField({
  name: "area-inside",
  fieldClass: "area-inside",
  doc: "Area of the shapes of another subject type inside each subject's shape, clipped at its boundary; 0 where there are none. Shapes that overlap each other count each.",
  example: "park_ha: { area-inside: park, unit: ha }",
  main: "subject",
  properties: {
    subject: { type: "subject", doc: "subject type of the areas that are measured" },
    unit: { type: "unit", doc: "unit of the result", default: "m²", values: unitsOf("area") },
    targetCRSCode: CRS_PROPERTY,
  },
  plan(parameters, context) {
    const unit = textParameter(parameters, "unit");
    const others = context.set([subjectParameter(parameters, "subject")], "subject");
    const crs = numberParameter(parameters, "targetCRSCode");
    const missing = context.reason(noShapeIn(crs));
    const of = context.node("number", { op: "overlap", measure: "area", others: others.id, crs, missing });
    const node = context.node("number", { op: "scale", factor: 1 / unitSize(unit), of });
    return plannedNumber(node, [context.subjects, others], { unit, kind: "amount" });
  },
});
