import type { StatisticKind } from "../engine/columns.ts";
import type { ArithmeticOperation } from "../recipe/plan-types.ts";
import { productUnit, quotientUnit } from "../recipe/units.ts";
import { readArithmetic, writeArithmetic } from "./arithmetic-text.ts";
import { defineField, type PlanContext, type PlannedValue } from "./field.ts";
import { choiceParameter, fieldParameter } from "./parameters.ts";
import { commonUnit, plannedNumber, titleOf, warnAboutRatio, warnAboutSum } from "./planned.ts";

const OPERATIONS: readonly ArithmeticOperation[] = ["add", "sub", "mul", "div"];

/** One operation on two fields. */
export const arithmetic = defineField({
  name: "arithmetic",
  fieldClass: "uk.org.tombolo.field.transformation.ArithmeticField",
  doc: "Operations on columns or fields. A missing operand, or a division by zero, gives a missing value.",
  example: "tube_km_per_km2: { arithmetic: tube_km / area_km2 }",
  properties: {
    operation: { type: "text", doc: "what to do with the two", values: OPERATIONS },
    field1: { type: "field", doc: "the first operand: the label of a column, or a field" },
    field2: { type: "field", doc: "the second operand" },
  },
  readShort: readArithmetic,
  writeShort: writeArithmetic,
  plan(parameters, context) {
    const operation = choiceParameter(parameters, "operation", OPERATIONS);
    const left = context.single(fieldParameter(parameters, "field1"), "field1");
    const right = context.single(fieldParameter(parameters, "field2"), "field2");
    const title = titleOf(parameters.label, context);
    const node = context.node("number", {
      op: "arithmetic",
      operation,
      left: left.node,
      right: right.node,
      notNumeric: context.reason("an operand is no number"),
      zero: context.reason("a division by zero"),
      infinite: context.reason("the result is no finite number"),
    });
    const unit = unitOf(operation, left, right, title, context);
    return plannedNumber(node, [left, right], { unit, kind: kindOf(operation, left, right, context) });
  },
});

function unitOf(
  operation: ArithmeticOperation,
  left: PlannedValue,
  right: PlannedValue,
  title: string,
  context: PlanContext,
): string | undefined {
  if (operation === "div") {
    if (left.kind === "rate" && right.kind === "rate" && left.unit !== right.unit)
      context.warn(
        `${title} divides ${left.unit ?? "a plain rate"} by ${right.unit ?? "a plain rate"}: rates of unlike units.`,
      );
    warnAboutRatio(left.unit, right.unit, title, context);
    return quotientUnit(left.unit, right.unit);
  }
  if (operation === "mul") return productUnit(left.unit, right.unit);
  if (isConstant(left, context) || isConstant(right, context)) return left.unit ?? right.unit;
  if (operation === "add") warnAboutSum([left, right], title, context);
  return commonUnit([left, right], `${title} ${operation === "add" ? "adds" : "subtracts"}`, context);
}

const isConstant = ({ node }: PlannedValue, context: PlanContext) => context.get(node).op === "constant";

/** Half of an amount is an amount, and a rate times a count is a count. */
function kindOf(
  operation: ArithmeticOperation,
  left: PlannedValue,
  right: PlannedValue,
  context: PlanContext,
): StatisticKind | undefined {
  const kinds = [left.kind, right.kind];
  if (operation === "div" && isConstant(right, context)) return left.kind;
  if (operation === "div") return kinds.every((kind) => kind === undefined) ? undefined : "rate";
  const whole = operation === "mul" && kinds.find((kind) => kind === "count" || kind === "amount");
  return whole || (left.kind ?? right.kind);
}
