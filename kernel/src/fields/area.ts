import { unitSize, unitsOf } from "../recipe/units.ts";
import { defineField } from "./field.ts";
import { numberParameter, textParameter } from "./parameters.ts";

/** Planar area of a subject's shape. */
export const area = defineField({
  name: "area",
  fieldClass: "uk.org.tombolo.field.transformation.AreaField",
  doc: "Area of the subject's shape, measured in a projected coordinate system: holes are taken off, points and lines have none.",
  example: "area_km2: { area: km² }",
  main: "unit",
  properties: {
    unit: { type: "unit", doc: "unit of the result", default: "m²", values: unitsOf("area") },
    targetCRSCode: {
      type: "integer",
      doc: "EPSG code of the coordinate system; 27700 is the British National Grid",
      default: 27700,
    },
  },
  plan(parameters, { subjects }) {
    const unit = textParameter(parameters, "unit");
    const of = { op: "area", crs: numberParameter(parameters, "targetCRSCode") } as const;
    return {
      expression: { op: "scale", factor: 1 / unitSize(unit), of },
      type: "number",
      unit,
      kind: "amount",
      access: subjects.access,
      sources: subjects.sources,
      missing: "the subject has no shape",
    };
  },
});
