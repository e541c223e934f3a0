import { singleShape } from "../recipe/document.ts";
import type { OutputShape } from "../recipe/plan-types.ts";
import { defineField } from "./field.ts";
import { inPlane, PLANE_PROPERTY, planeOf } from "./measured.ts";
import { fieldParameter, numberParameter, optionalNumber, subjectParameter } from "./parameters.ts";
import { mapShape, origins, textFormOf } from "./planned.ts";

/** The value of the nearest subject. */
export const mapToNearestSubject = defineField({
  name: "map-to-nearest-subject",
  fieldClass: "uk.org.tombolo.field.aggregation.MapToNearestSubjectField",
  doc: "The value of the nearest subject of another type, not farther than a limit. The limit is best given in metres: degrees are longer from north to south than from west to east.",
  example: "no2: { nearest: airQualityControl, field: erg.kcl.ac.uk/NO2, maxDistanceMetres: 2000 }",
  main: "subject",
  words: { nearest: {} },
  properties: {
    subject: { type: "subject", doc: "subject type of the others" },
    field: { type: "field", doc: "the value of the nearest" },
    maxRadius: { type: "number", doc: "largest distance in degrees", default: 0.01, minimum: 0 },
    maxDistanceMetres: {
      type: "number",
      doc: "largest distance in metres; used instead of maxRadius",
      optional: true,
      minimum: 0,
    },
    targetCRSCode: PLANE_PROPERTY,
  },
  plan(parameters, context) {
    const others = context.set([subjectParameter(parameters, "subject")], "subject");
    const of = context.on(others).single(fieldParameter(parameters, "field"), "field");
    const metres = optionalNumber(parameters, "maxDistanceMetres");
    const limit = metres ?? numberParameter(parameters, "maxRadius");
    const unit = metres === undefined ? "degrees" : "metres";
    const plane = metres === undefined ? "" : inPlane(parameters);
    const none = context.reason(`no ${others.title} is within ${limit} ${unit}${plane}`);
    const map = (inner: number) =>
      context.node(context.get(inner).type, {
        op: "nearest",
        others: others.id,
        of: inner,
        limit,
        unit,
        ...(metres !== undefined && planeOf(parameters)),
        none,
      });
    const node = map(of.node);
    const inner = singleShape(of.shape);
    const passed = inner?.form === "value" ? mapShape(inner, map) : undefined;
    const text = textFormOf(of);
    const shape: OutputShape = {
      form: "value",
      node,
      text: text === "text" ? "either" : text,
      ...(passed?.form === "value" && passed.textBy !== undefined && { textBy: passed.textBy }),
    };
    return { node, shape, unit: of.unit, kind: of.kind, ...origins([context.subjects, others, of]) };
  },
});
