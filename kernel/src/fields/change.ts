import { readPeriod } from "../recipe/period.ts";
import type { NodeId, TimeWindow } from "../recipe/plan-types.ts";
import { quotientUnit } from "../recipe/units.ts";
import { defineField, type PlanContext, type PlannedAttribute } from "./field.ts";
import { attributeParameter, choiceParameter, textParameter } from "./parameters.ts";
import { plannedNumber, titleOf, warnAboutAttribute, warnAboutTime } from "./planned.ts";
import { describeWindow } from "./time-window.ts";

/** Change of an attribute between two times. */
export const change = defineField({
  name: "change",
  fieldClass: "change",
  doc: "Change of an attribute between two periods: the newest value of the second against that of the first. A period is a year, a month or a day; a moment stands for all before it.",
  example: "cars: { change: uk.gov.dft/CountCarsTaxis, from: 2010, to: 2016, as: percent }",
  main: "attribute",
  properties: {
    attribute: { type: "attribute", doc: "the attribute, as provider/label or its label alone" },
    from: { type: "text", doc: "the first period, such as 2010 or 2010-06" },
    to: { type: "text", doc: "the second period" },
    as: {
      type: "text",
      doc: "difference (second − first), ratio (second / first) or percent (100 × difference / first)",
      default: "difference",
      values: ["difference", "ratio", "percent"],
    },
  },
  plan(parameters, context) {
    const attribute = context.attribute(attributeParameter(parameters, "attribute"), "attribute");
    const title = titleOf(parameters.label, context);
    warnAboutAttribute(attribute, title, context);
    warnAboutTime(attribute, "timed", title, context);
    const first = valueIn("from", attribute, textParameter(parameters, "from"), context);
    const second = valueIn("to", attribute, textParameter(parameters, "to"), context);
    const as = choiceParameter(parameters, "as", ["difference", "ratio", "percent"]);
    const from = [context.subjects, attribute];
    const { unit, kind } = attribute;
    if (as === "difference")
      return plannedNumber(operate("sub", second, first, context), from, {
        unit,
        kind: kind === "count" ? "amount" : kind,
      });
    const ratio = operate("div", second, first, context);
    if (as === "ratio") return plannedNumber(ratio, from, { unit: quotientUnit(unit, unit), kind: "rate" });
    const one = context.node("number", { op: "number", value: 1 });
    const growth = operate("sub", ratio, one, context);
    return plannedNumber(context.node("number", { op: "scale", factor: 100, of: growth }), from, {
      unit: "%",
      kind: "rate",
    });
  },
});

function valueIn(
  step: string,
  { provider, label }: PlannedAttribute,
  period: string,
  context: PlanContext,
): NodeId {
  const window = periodOf(period);
  if (!window)
    return context.mistake([step], `"${period}" is no period`, "Such as 2015, 2015-06 or 2015-06-30.");
  const missing = context.reason(`the subject has no value of ${provider}/${label}${describeWindow(window)}`);
  return context.node("number", { op: "latest", provider, attribute: label, ...window, missing });
}

function operate(operation: "sub" | "div", left: NodeId, right: NodeId, context: PlanContext): NodeId {
  return context.node("number", {
    op: "arithmetic",
    operation,
    left,
    right,
    notNumeric: context.reason("a value is missing"),
    zero: context.reason("the first value is zero"),
    infinite: context.reason("the result is no finite number"),
  });
}

/** The span of time of a year, a month or a day; all before a moment, itself included. */
function periodOf(text: string): TimeWindow | undefined {
  const period = readPeriod(text);
  if (!period) return undefined;
  return period.isMoment ? { to: period.end } : { from: period.start, to: period.end };
}
