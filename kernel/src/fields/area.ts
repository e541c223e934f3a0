import { unitSize, unitsOf } from "../recipe/units.ts";
import { defineField } from "./field.ts";
import { CRS_PROPERTY, isGeographic } from "./measured.ts";
import { numberParameter, textParameter } from "./parameters.ts";
import { plannedValue } from "./planned.ts";

/** Planar area of a subject's shape. */
export const area = defineField({
  name: "area",
  fieldClass: "uk.org.tombolo.field.transformation.AreaField",
  doc: "Area of the subject's shape, measured in a projected coordinate system: holes are taken off, points and lines have none.",
  example: "area_km2: { area: km² }",
  main: "unit",
  properties: {
    unit: { type: "unit", doc: "unit of the result", default: "m²", values: unitsOf("area") },
    targetCRSCode: CRS_PROPERTY,
  },
  plan(parameters, context) {
    const unit = textParameter(parameters, "unit");
    const crs = numberParameter(parameters, "targetCRSCode");
    const missing = context.reason("the subject has no shape");
    const unknown = context.reason(`there is no way to the coordinate system EPSG:${crs}`);
    const of = context.node("number", { op: "area", crs, missing, unknown });
    const factor = 1 / unitSize(unit);
    const node = factor === 1 ? of : context.node("number", { op: "scale", factor, of });
    const text = factor === 1 ? "two-decimals" : "number";
    return plannedValue(node, text, [context.subjects], {
      unit: isGeographic(crs) ? "°²" : unit,
      kind: "amount",
    });
  },
});
