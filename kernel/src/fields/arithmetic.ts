import { strictest } from "@tombolo/bundle";
import type { ArithmeticOperation, Planned } from "../recipe/plan-types.ts";
import { productUnit, quotientUnit } from "../recipe/units.ts";
import { defineField, type PlanContext } from "./field.ts";
import { fieldParameter, textParameter } from "./parameters.ts";

const SIGNS: Readonly<Record<string, ArithmeticOperation>> = {
  "+": "add",
  "-": "sub",
  "*": "mul",
  "/": "div",
};
const OPERATIONS: readonly ArithmeticOperation[] = ["add", "sub", "mul", "div"];

/** One operation on two fields. */
export const arithmetic = defineField({
  name: "arithmetic",
  fieldClass: "uk.org.tombolo.field.transformation.ArithmeticField",
  doc: "One operation on two columns or fields. A missing operand, or a division by zero, gives a missing value.",
  example: "tube_km_per_km2: { arithmetic: tube_km / area_km2 }",
  properties: {
    operation: { type: "text", doc: "what to do with the two", values: OPERATIONS },
    field1: { type: "field", doc: "the first operand: the label of a column, or a field" },
    field2: { type: "field", doc: "the second operand" },
  },
  readShort(text) {
    const match =
      /^\s*(\S+)\s+([-+*/])\s+(\S+)\s*$/.exec(text) ?? /^\s*([\w.]+)\s*([-+*/])\s*([\w.]+)\s*$/.exec(text);
    const [, field1, sign = "", field2] = match ?? [];
    return match ? { operation: SIGNS[sign], field1, field2 } : undefined;
  },
  writeShort({ operation, field1, field2 }) {
    const sign = Object.keys(SIGNS).find((known) => SIGNS[known] === operation);
    const simple = typeof field1 === "string" && typeof field2 === "string" && !/\s/.test(field1 + field2);
    return sign && simple ? `${field1} ${sign} ${field2}` : undefined;
  },
  plan(parameters, context) {
    const wanted = textParameter(parameters, "operation");
    const operation = OPERATIONS.find((known) => known === wanted);
    if (!operation) throw new TypeError(`unknown operation ${wanted}`);
    const left = context.plan(fieldParameter(parameters, "field1"));
    const right = context.plan(fieldParameter(parameters, "field2"));
    if (operation === "add" || operation === "sub")
      warnAboutUnits(left, right, parameters.label ?? "arithmetic", context);
    return {
      expression: { op: "arithmetic", operation, left: left.expression, right: right.expression },
      type: "number",
      unit: unitOf(operation, left.unit, right.unit),
      kind: operation === "div" ? "rate" : left.kind,
      access: strictest([left.access, right.access]),
      sources: [...left.sources, ...right.sources],
      missing: operation === "div" ? "an operand is missing or the divisor is zero" : "an operand is missing",
    };
  },
});

function unitOf(
  operation: ArithmeticOperation,
  left: string | undefined,
  right: string | undefined,
): string | undefined {
  if (operation === "div") return quotientUnit(left, right);
  return operation === "mul" ? productUnit(left, right) : left;
}

function warnAboutUnits(left: Planned, right: Planned, label: string, context: PlanContext): void {
  if (left.unit !== right.unit) {
    context.warn(
      `${label} adds ${left.unit ?? "numbers without a unit"} and ${right.unit ?? "numbers without a unit"}.`,
    );
  }
}
