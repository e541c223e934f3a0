import { unitSize, unitsOf } from "../recipe/units.ts";
import { defineField } from "./field.ts";
import { CRS_PROPERTY } from "./measured.ts";
import { numberParameter, textParameter } from "./parameters.ts";
import { plannedNumber } from "./planned.ts";

/** Length of a subject's line. */
export const length = defineField({
  name: "length",
  fieldClass: "length",
  doc: "Length of the subject's line, measured in a projected coordinate system; points and areas have none.",
  example: "length_km: { length: km }",
  main: "unit",
  properties: {
    unit: { type: "unit", doc: "unit of the result", default: "m", values: unitsOf("length") },
    targetCRSCode: CRS_PROPERTY,
  },
  plan(parameters, context) {
    const unit = textParameter(parameters, "unit");
    const crs = numberParameter(parameters, "targetCRSCode");
    const missing = context.reason("the subject has no shape");
    const unknown = context.reason(`there is no way to the coordinate system EPSG:${crs}`);
    const of = context.node("number", { op: "length", crs, missing, unknown });
    const node = context.node("number", { op: "scale", factor: 1 / unitSize(unit), of });
    return plannedNumber(node, [context.subjects], { unit, kind: "amount" });
  },
});
