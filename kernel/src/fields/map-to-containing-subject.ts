import type { ContainmentRule, OutputShape } from "../recipe/plan-types.ts";
import { defineField } from "./field.ts";
import { choiceParameter, fieldParameter, subjectParameter } from "./parameters.ts";
import { mapShape, origins, titleOf, warnAboutVintages } from "./planned.ts";

const RULES: readonly ContainmentRule[] = ["within", "centroid", "largest-overlap"];

/** The value of the subject that contains this one. */
export const mapToContainingSubject = defineField({
  name: "map-to-containing-subject",
  fieldClass: "uk.org.tombolo.field.aggregation.MapToContainingSubjectField",
  doc: "The value of the one subject of another type whose shape contains the subject's. None or several give a missing value.",
  example: "borough: { containing: borough, field: { subject-name: } }",
  main: "subject",
  words: { containing: {} },
  properties: {
    subject: { type: "subject", doc: "subject type of the container" },
    field: { type: "field", doc: "the value of the container" },
    match: {
      type: "text",
      doc: "which subject contains it: within (it lies wholly inside), centroid (its centre does) or largest-overlap",
      default: "within",
      values: RULES,
    },
  },
  plan(parameters, context) {
    const container = context.set([subjectParameter(parameters, "subject")], "subject");
    warnAboutVintages(context.subjects, container, titleOf(parameters.label, context), context);
    const inner = fieldParameter(parameters, "field");
    const of = context.on(container).single(inner, "field");
    const rule = choiceParameter(parameters, "match", RULES);
    const none = context.reason(`no ${container.title} contains it`);
    const several = context.reason(`more than one ${container.title} contains it`);
    const map = (node: number) =>
      context.node(context.get(node).type, {
        op: "containing",
        container: container.id,
        of: node,
        rule,
        none,
        several,
      });
    const mapped = mapShape(of.shape, map);
    const shape: OutputShape =
      inner.label === undefined
        ? mapped
        : { form: "object", omit: false, entries: [{ label: inner.label, shape: mapped }] };
    const { unit, kind } = of;
    return { node: map(of.node), shape, unit, kind, ...origins([context.subjects, container, of]) };
  },
});
