import { defineField } from "./field.ts";
import {
  booleanParameter,
  choiceParameter,
  fieldParameter,
  numberParameter,
  subjectsParameter,
} from "./parameters.ts";
import { plannedNumber, titleOf } from "./planned.ts";

/** The bucket in which a value falls among those of reference subjects. */
export const percentiles = defineField({
  name: "percentiles",
  fieldClass: "uk.org.tombolo.field.transformation.PercentilesField",
  doc: "The bucket, from 1, in which the subject's value falls among the values of reference subjects: 4 buckets are quartiles.",
  example: "quartile: { percentiles: area_km2, subjects: borough, percentileCount: 4 }",
  main: "field",
  words: {
    quartile: { percentileCount: 4 },
    quintile: { percentileCount: 5 },
    decile: { percentileCount: 10 },
  },
  properties: {
    field: { type: "field", doc: "the value: the label of a column, or a field" },
    subjects: { type: "subjects", doc: "the reference subjects, such as all areas of the nation" },
    percentileCount: { type: "integer", doc: "number of buckets", minimum: 1, maximum: 1000 },
    inverse: { type: "boolean", doc: "whether bucket 1 has the largest values", default: false },
    missing: {
      type: "text",
      doc: "what a reference subject without a value does: refuse (an error that names it) or skip (it is left out)",
      default: "refuse",
      values: ["refuse", "skip"],
    },
  },
  plan(parameters, context) {
    const field = fieldParameter(parameters, "field");
    const of = context.single(field, "field");
    const reference = context.set(subjectsParameter(parameters, "subjects"), "subjects");
    const among = context.on(reference).single(field, "field");
    const node = context.node("number", {
      op: "percentile",
      of: of.node,
      reference: among.node,
      count: numberParameter(parameters, "percentileCount"),
      inverse: booleanParameter(parameters, "inverse"),
      missing: choiceParameter(parameters, "missing", ["refuse", "skip"]),
      notNumeric: context.reason("the value is no number"),
      empty: context.reason("no reference subject has a value"),
      title: titleOf(parameters.label, context),
    });
    return plannedNumber(node, [of, among, reference], { kind: "percentile" });
  },
});
