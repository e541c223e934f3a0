import type { StatisticKind } from "../engine/columns.ts";
import type { Statistic } from "../recipe/plan-types.ts";
import { defineField } from "./field.ts";
import { MISSING_POLICIES, missingProperty } from "./missing.ts";
import { choiceParameter, fieldsParameter } from "./parameters.ts";
import { commonUnit, plannedNumber, titleOf, warnAboutSum } from "./planned.ts";

const STATISTICS: readonly Statistic[] = [
  "mean",
  "sum",
  "product",
  "min",
  "max",
  "median",
  "geometricmean",
  "variance",
  "stdev",
  "kurtosis",
  "sumoflogs",
  "sumofsquares",
];

/** A statistic over several fields of one subject. */
export const descriptiveStatistics = defineField({
  name: "descriptive-statistics",
  fieldClass: "uk.org.tombolo.field.transformation.DescriptiveStatisticsField",
  doc: "A statistic over the values of several fields for one subject. Members without a value are left out; variance and stdev are those of a sample.",
  example: "spread: { descriptive-statistics: [tube_km, area_km2], statistic: stdev }",
  main: "fields",
  properties: {
    statistic: { type: "text", doc: "which statistic", values: STATISTICS },
    fields: { type: "fields", doc: "the members" },
    missing: missingProperty("skip"),
  },
  plan(parameters, context) {
    const statistic = choiceParameter(parameters, "statistic", STATISTICS);
    const members = fieldsParameter(parameters, "fields").map((field, index) =>
      context.single(field, "fields", index),
    );
    const title = titleOf(parameters.label, context);
    if (statistic === "sum") warnAboutSum(members, title, context);
    const node = context.node("number", {
      op: "statistic",
      statistic,
      members: members.map((member) => member.node),
      missing: choiceParameter(parameters, "missing", MISSING_POLICIES),
      undefined: context.reason(`the ${statistic} of these values is not defined`),
    });
    const unit = statistic === "product" ? undefined : commonUnit(members, `${title} compares`, context);
    const same = ["mean", "sum", "min", "max", "median", "geometricmean", "stdev"].includes(statistic);
    return plannedNumber(node, members, {
      unit: same ? unit : undefined,
      kind: kindOf(statistic, members[0]?.kind),
    });
  },
});

function kindOf(statistic: Statistic, kind: StatisticKind | undefined): StatisticKind | undefined {
  if (statistic === "mean") return "mean";
  return ["sum", "min", "max", "median"].includes(statistic) ? kind : "index";
}
