import { unitSize, unitsOf } from "../recipe/units.ts";
import { defineField } from "./field.ts";
import { CRS_PROPERTY, noShapeIn } from "./measured.ts";
import { numberParameter, subjectParameter, textParameter } from "./parameters.ts";
import { plannedNumber } from "./planned.ts";

/** Length of the lines of a subject type inside each area, clipped at the boundary. */
export const lengthInside = defineField({
  name: "length-inside",
  fieldClass: "length-inside",
  doc: "Length of the lines of another subject type inside each subject's shape, clipped at its boundary; 0 where there are none.",
  example: "tube_km: { length-inside: underground-line, unit: km }",
  main: "subject",
  properties: {
    subject: { type: "subject", doc: "subject type of the lines" },
    unit: { type: "unit", doc: "unit of the result", default: "m", values: unitsOf("length") },
    targetCRSCode: CRS_PROPERTY,
  },
  plan(parameters, context) {
    const unit = textParameter(parameters, "unit");
    const lines = context.set([subjectParameter(parameters, "subject")], "subject");
    const crs = numberParameter(parameters, "targetCRSCode");
    const missing = context.reason(noShapeIn(crs));
    const of = context.node("number", { op: "overlap", measure: "length", others: lines.id, crs, missing });
    const node = context.node("number", { op: "scale", factor: 1 / unitSize(unit), of });
    return plannedNumber(node, [context.subjects, lines], { unit, kind: "amount" });
  },
});
