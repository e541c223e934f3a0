import type { StatisticKind } from "../engine/columns.ts";
import type { Aggregate } from "../recipe/plan-types.ts";
import { defineField } from "./field.ts";
import { choiceParameter, fieldParameter, optionalField, subjectParameter } from "./parameters.ts";
import { plannedNumber, titleOf, warnAboutSum, warnAboutVintages } from "./planned.ts";

const FUNCTIONS: readonly Aggregate[] = ["sum", "mean", "max", "min"];
const COUNTED = { constant: "1" };

/** Combines the values of the subjects of another type that lie within. */
export const geographicAggregation = defineField({
  name: "geographic-aggregation",
  fieldClass: "uk.org.tombolo.field.aggregation.GeographicAggregationField",
  doc: "Sum, mean, largest or smallest value of the subjects of another type that lie wholly within the subject's shape. Members without a value are left out; a sum of none is 0.",
  example: "cars: { sum-within: trafficCounter, field: uk.gov.dft/CountCarsTaxis }",
  main: "subject",
  words: {
    "sum-within": { function: "sum" },
    "mean-within": { function: "mean" },
    "max-within": { function: "max" },
    "min-within": { function: "min" },
    "count-within": { function: "sum", field: COUNTED },
  },
  properties: {
    subject: { type: "subject", doc: "subject type of the members" },
    function: { type: "text", doc: "how the values are combined", values: FUNCTIONS },
    field: { type: "field", doc: "the value of each member" },
    weight: {
      type: "field",
      doc: "for a mean: how much each member counts, such as its population",
      optional: true,
    },
    match: {
      type: "text",
      doc: "when a member belongs: within (wholly inside) or centroid (its centre inside)",
      default: "within",
      values: ["within", "centroid"],
    },
  },
  plan(parameters, context) {
    const members = context.set([subjectParameter(parameters, "subject")], "subject");
    warnAboutVintages(context.subjects, members, titleOf(parameters.label, context), context);
    const on = context.on(members);
    const of = on.single(fieldParameter(parameters, "field"), "field");
    const weighing = optionalField(parameters, "weight");
    const weight = weighing && on.single(weighing, "weight");
    const chosen = choiceParameter(parameters, "function", FUNCTIONS);
    if (weight && chosen !== "mean")
      context.mistake(["weight"], `a ${chosen} has no weight`, "Only a mean has.");
    const title = titleOf(parameters.label, context);
    if (chosen === "sum") warnAboutSum([of], title, context);
    if (chosen === "mean" && !weight && of.kind === "rate")
      context.warn(
        `${title} is the plain mean of rates: small and large subjects count the same; weight makes it a weighted one.`,
      );
    const node = context.node("number", {
      op: "aggregate",
      members: members.id,
      of: of.node,
      ...(weight && { weight: weight.node }),
      function: chosen,
      rule: choiceParameter(parameters, "match", ["within", "centroid"]),
      empty: context.reason(`no ${members.title} within has a value`),
      infinite: context.reason("the result is no finite number"),
    });
    const isCount = context.get(of.node).op === "constant";
    const kind = isCount && chosen === "sum" ? "count" : kindOf(chosen, of.kind);
    return plannedNumber(node, [context.subjects, members, of, ...(weight ? [weight] : [])], {
      unit: of.unit,
      kind,
    });
  },
});

function kindOf(chosen: Aggregate, kind: StatisticKind | undefined): StatisticKind | undefined {
  return chosen === "mean" ? "mean" : kind;
}
