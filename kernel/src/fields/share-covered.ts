import { defineField } from "./field.ts";
import { CRS_PROPERTY, noShapeIn } from "./measured.ts";
import { numberParameter, subjectParameter } from "./parameters.ts";
import { plannedNumber } from "./planned.ts";

/** Share of each area that the shapes of a subject type cover. */
export const shareCovered = defineField({
  name: "share-covered",
  fieldClass: "share-covered",
  doc: "Share of each subject's shape that the shapes of another subject type cover, clipped at its boundary; shapes that overlap each other count each. Points and lines have no share.",
  example: "green: { share-covered: park }",
  main: "subject",
  properties: {
    subject: { type: "subject", doc: "subject type of the shapes that cover" },
    targetCRSCode: CRS_PROPERTY,
  },
  plan(parameters, context) {
    const others = context.set([subjectParameter(parameters, "subject")], "subject");
    const crs = numberParameter(parameters, "targetCRSCode");
    const missing = context.reason("the subject has no shape");
    const none = context.reason(noShapeIn(crs));
    const unknown = context.reason(`there is no way to the coordinate system EPSG:${crs}`);
    const left = context.node("number", {
      op: "overlap",
      measure: "area",
      others: others.id,
      crs,
      missing: none,
    });
    const right = context.node("number", { op: "area", crs, missing, unknown });
    const node = context.node("number", {
      op: "arithmetic",
      operation: "div",
      left,
      right,
      notNumeric: missing,
      zero: context.reason("the subject has no area"),
      infinite: context.reason("the result is no finite number"),
    });
    return plannedNumber(node, [context.subjects, others], { kind: "rate" });
  },
});
