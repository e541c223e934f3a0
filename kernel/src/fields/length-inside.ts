import { strictest } from "@tombolo/bundle";
import { unitSize, unitsOf } from "../recipe/units.ts";
import { defineField } from "./field.ts";
import { numberParameter, subjectParameter, textParameter } from "./parameters.ts";

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
    targetCRSCode: {
      type: "integer",
      doc: "EPSG code of the coordinate system; 27700 is the British National Grid",
      default: 27700,
    },
  },
  plan(parameters, context) {
    const unit = textParameter(parameters, "unit");
    const { provider, subjectType, access, source } = context.subjectType(
      subjectParameter(parameters, "subject"),
    );
    const crs = numberParameter(parameters, "targetCRSCode");
    const measure = context.measure({ operator: "overlap-length", lines: { provider, subjectType }, crs });
    return {
      expression: { op: "scale", factor: 1 / unitSize(unit), of: { op: "measure", measure } },
      type: "number",
      unit,
      kind: "amount",
      access: strictest([access, context.subjects.access]),
      sources: [...context.subjects.sources, source],
      missing: "the subject has no shape",
    };
  },
});
