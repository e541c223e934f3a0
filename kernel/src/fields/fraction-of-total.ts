import type { TimeWindow } from "../recipe/plan-types.ts";
import { quotientUnit } from "../recipe/units.ts";
import { defineField, type PlanContext, type PlannedAttribute } from "./field.ts";
import { attributeParameter, attributesParameter } from "./parameters.ts";
import { commonUnit, origins, titleOf, warnAboutAttribute, warnAboutSum } from "./planned.ts";
import { describeWindow, TIME_PROPERTIES, timeWindow } from "./time-window.ts";

/** The newest values of some attributes, added, over that of another. */
export const fractionOfTotal = defineField({
  name: "fraction-of-total",
  fieldClass: "uk.org.tombolo.field.transformation.FractionOfTotalField",
  doc: "The newest values of some attributes, added, over the newest value of another. A value that is missing, or a total of zero, gives a missing value.",
  example:
    "renting: { fraction-of-total: [ons/Tenure Social, ons/Tenure Private], divisorAttribute: ons/Tenure All }",
  main: "dividendAttributes",
  properties: {
    dividendAttributes: { type: "attributes", doc: "the attributes that are added" },
    divisorAttribute: { type: "attribute", doc: "the attribute of the total" },
    ...TIME_PROPERTIES,
  },
  plan(parameters, context) {
    const window = timeWindow(parameters);
    const dividends = attributesParameter(parameters, "dividendAttributes").map((attribute, index) =>
      context.attribute(attribute, "dividendAttributes", index),
    );
    const divisor = context.attribute(attributeParameter(parameters, "divisorAttribute"), "divisorAttribute");
    const title = titleOf(parameters.label, context);
    for (const attribute of [divisor, ...dividends]) warnAboutAttribute(attribute, title, context);
    const nodes = dividends.map((attribute) => newest(attribute, window, context));
    const distinct = [...new Set(nodes)];
    if (distinct.length < nodes.length) context.warn(`${title} names an attribute twice; it counts once.`);
    const node = context.node("number", {
      op: "fraction",
      dividends: distinct,
      divisor: newest(divisor, window, context),
      zero: context.reason("a division by zero"),
    });
    const unit = unitOfShare(dividends, divisor, title, context);
    const from = origins([context.subjects, divisor, ...dividends]);
    return { node, shape: { form: "timed", node }, unit, kind: "rate", ...from };
  },
});

function unitOfShare(
  dividends: readonly PlannedAttribute[],
  divisor: PlannedAttribute,
  title: string,
  context: PlanContext,
): string | undefined {
  if (dividends.length > 1) warnAboutSum(dividends, title, context);
  const sum = commonUnit(dividends, `${title} adds`, context);
  const isKnown = sum !== undefined || dividends.every(({ unit }) => unit === undefined);
  if (sum !== undefined && divisor.unit !== undefined && sum !== divisor.unit)
    context.warn(`${title} is a share of unlike units: ${sum} of ${divisor.unit}.`);
  return isKnown ? quotientUnit(sum, divisor.unit) : undefined;
}

function newest({ provider, label }: PlannedAttribute, window: TimeWindow, context: PlanContext) {
  const missing = context.reason(`the subject has no value of ${provider}/${label}${describeWindow(window)}`);
  return context.node("number", { op: "latest", provider, attribute: label, ...window, missing });
}
