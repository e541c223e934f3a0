import type { StatisticKind } from "../engine/columns.ts";
import type { ArithmeticOperation } from "../recipe/plan-types.ts";
import { productUnit, quotientUnit } from "../recipe/units.ts";
import { readArithmetic, writeArithmetic } from "./arithmetic-text.ts";
import { defineField, type PlanContext, type PlannedValue } from "./field.ts";
import { choiceParameter, fieldParameter } from "./parameters.ts";
import { commonUnit, plannedNumber, titleOf, warnAboutSum } from "./planned.ts";

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
    return plannedNumber(node, [left, right], { unit, kind: kindOf(operation, left, right) });
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
    return quotientUnit(left.unit, right.unit);
  }
  if (operation === "mul") return productUnit(left.unit, right.unit);
  const isConstant = [left, right].some(({ node }) => context.get(node).op === "constant");
  if (isConstant) return left.unit ?? right.unit;
  if (operation === "add") for (const { kind } of [left, right]) warnAboutSum(kind, title, context);
  return commonUnit([left, right], `${title} ${operation === "add" ? "adds" : "subtracts"}`, context);
}

function kindOf(
  operation: ArithmeticOperation,
  left: PlannedValue,
  right: PlannedValue,
): StatisticKind | undefined {
  if (operation === "div") return left.kind === undefined && right.kind === undefined ? undefined : "rate";
  return left.kind ?? right.kind;
}
