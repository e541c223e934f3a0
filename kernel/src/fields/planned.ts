import { type Access, strictest } from "@tombolo/bundle/access";
import type { StatisticKind } from "../engine/columns.ts";
import { singleShape } from "../recipe/document.ts";
import type { NodeId, OutputShape, Planned, TextForm } from "../recipe/plan-types.ts";
import { isSameDimension } from "../recipe/units.ts";
import type { PlanContext, PlannedAttribute, PlannedSet, PlannedValue } from "./field.ts";

/** Something that a field takes its values from. */
interface Origin {
  readonly access: Access;
  readonly sources: readonly string[];
}

/** What is known of a value besides its node. */
interface Facts {
  readonly unit?: string | undefined;
  readonly kind?: StatisticKind | undefined;
}

/** A field whose value is the number of a node, made from these. */
export function plannedNumber(node: NodeId, from: readonly Origin[], facts: Facts = {}): PlannedValue {
  return plannedValue(node, "number", from, facts);
}

/** A field whose value is that of a node, made from these. */
export function plannedValue(
  node: NodeId,
  text: TextForm,
  from: readonly Origin[],
  facts: Facts = {},
): PlannedValue {
  return { node, shape: { form: "value", node, text }, ...facts, ...origins(from) };
}

/** Strictest access label and all publishers of what a field is made from. */
export function origins(from: readonly Origin[]): { access: Access; sources: readonly string[] } {
  return {
    access: strictest(from.map(({ access }) => access)),
    sources: [...new Set(from.flatMap(({ sources }) => sources))],
  };
}

/** How a value that another field passes on becomes text. */
export function textFormOf({ shape }: Pick<Planned, "shape">): TextForm {
  const single = singleShape(shape);
  return single?.form === "value" ? single.text : "number";
}

/**
 * How a value that another field passes on becomes text, by row: a node that is missing where the value is. A text that is a number is
 * one, as these fields write it.
 */
export function textFormsOf(planned: PlannedValue, context: Pick<PlanContext, "node">): NodeId {
  const single = singleShape(planned.shape);
  if (single?.form === "value" && single.textBy !== undefined) return single.textBy;
  const form = textFormOf(planned);
  const levels = [form === "text" ? "either" : form];
  return context.node("text", { op: "choose-level", members: [planned.node], levels });
}

/** A shape whose nodes are put through a function, as when its values come from another subject. */
export function mapShape(shape: OutputShape, map: (node: NodeId) => NodeId): OutputShape {
  if (shape.form === "value" && shape.textBy !== undefined)
    return { ...shape, node: map(shape.node), textBy: map(shape.textBy) };
  if (shape.form !== "object") return { ...shape, node: map(shape.node) };
  const entries = shape.entries.map((entry) => ({ ...entry, shape: mapShape(entry.shape, map) }));
  return { ...shape, entries };
}

/** Unit that all of them share; undefined, with a warning that names the column, when they differ. */
export function commonUnit(
  values: readonly Facts[],
  what: string,
  context: Pick<PlanContext, "warn">,
): string | undefined {
  const units = [...new Set(values.map(({ unit }) => unit))];
  const [unit, other] = units;
  if (units.length < 2) return unit;
  context.warn(`${what} ${unit ?? "a number without a unit"} and ${other ?? "a number without a unit"}.`);
  return undefined;
}

/** Warns of a ratio such as ha over km²: units of the same thing that do not cancel. */
export function warnAboutRatio(
  dividend: string | undefined,
  divisor: string | undefined,
  who: string,
  context: Pick<PlanContext, "warn">,
): void {
  if (dividend === undefined || divisor === undefined || dividend === divisor) return;
  if (isSameDimension(dividend, divisor))
    context.warn(`${who} divides ${dividend} by ${divisor}: measure both in the same unit.`);
}

/** Kinds whose sum means nothing. */
const NOT_ADDABLE: Readonly<Partial<Record<StatisticKind, string>>> = {
  rate: "rates",
  mean: "means",
  index: "indices",
  percentile: "percentiles",
};

/** Warns when values are added whose sum means nothing. */
export function warnAboutSum(
  values: readonly Facts[],
  who: string,
  context: Pick<PlanContext, "warn">,
): void {
  for (const kind of new Set(values.map((value) => value.kind))) {
    const plural = kind && NOT_ADDABLE[kind];
    if (plural)
      context.warn(`${who} adds ${plural}: their sum is rarely what is meant; a weighted mean may be.`);
  }
}

/**
 * How a field is called in a warning: by its own label and the column that it is part of. A column that is an operand of others
 * is called by its label alone, so that it is told of once.
 */
export function titleOf(
  label: string | undefined,
  { column, columns }: Pick<PlanContext, "column" | "columns">,
): string {
  if (label === undefined) return column;
  return label === column || columns.has(label) ? label : `${column} (${label})`;
}

/** Warns when areas of one year meet those of another: their codes and boundaries differ. */
export function warnAboutVintages(
  first: Pick<PlannedSet, "vintages">,
  second: Pick<PlannedSet, "vintages">,
  title: string,
  context: Pick<PlanContext, "warn">,
): void {
  for (const one of first.vintages) {
    for (const other of second.vintages) {
      if (one.year === other.year) continue;
      context.warn(
        `${title} joins ${one.type} of ${one.year} and ${other.type} of ${other.year}: areas of different years differ in codes and boundaries.`,
      );
    }
  }
}

/** Warns when an attribute was measured for areas of another year than those that it is looked up for. */
export function warnAboutAttribute(
  { label, vintage }: PlannedAttribute,
  title: string,
  context: Pick<PlanContext, "warn" | "subjects">,
): void {
  if (vintage === undefined) return;
  warnAboutVintages(
    context.subjects,
    { vintages: [{ type: `"${label}" for areas`, year: vintage }] },
    title,
    context,
  );
}

/** Warns when values of the other kind are looked up: there are none, whatever the attribute has. */
export function warnAboutTime(
  { provider, label, values, isMixed }: PlannedAttribute,
  asked: "fixed" | "timed",
  title: string,
  context: Pick<PlanContext, "warn">,
): void {
  if (values === undefined || values === asked || isMixed) return;
  const what = values === "fixed" ? "has no times" : "has times";
  context.warn(`${title}: "${label}" ${what}; { value: ${provider}/${label} } reads it.`);
}
