import type { FieldRecipe, SubjectRecipe } from "../../../kernel/src/recipe/recipe.ts";
import type { Box, Thing, Town } from "./town.ts";

/** What a field gives for a subject: a value, nothing, or that it cannot be computed. */
export type Outcome = string | number | null | undefined;

const MISSING = undefined;

/**
 * The meaning of the recipe language, told as plainly and slowly as can be: one subject and one field at a time, over lists.
 * `undefined` is "not computable", `null` is a field without a value.
 */
export class Reference {
  readonly #town: Town;

  constructor(town: Town) {
    this.#town = town;
  }

  select({ subjectType, matchRule }: SubjectRecipe): Thing[] {
    return this.#town.things.filter((thing) => {
      if (thing.type !== subjectType) return false;
      if (!matchRule) return true;
      const text = matchRule.attribute === "name" ? thing.name : thing.label;
      const pattern = [...matchRule.pattern.toLowerCase()]
        .map((sign) => (sign === "%" ? ".*" : sign === "_" ? "." : sign.replace(/\W/, "\\$&")))
        .join("");
      return text !== null && new RegExp(`^${pattern}$`, "s").test(text.toLowerCase());
    });
  }

  evaluate(field: FieldRecipe, thing: Thing): Outcome {
    const kind = field.fieldClass.slice(field.fieldClass.lastIndexOf(".") + 1);
    const evaluator = EVALUATORS[kind];
    if (!evaluator) throw new Error(`the reference does not know ${kind}`);
    return evaluator(field as never, thing, this);
  }

  number(field: FieldRecipe, thing: Thing): number | undefined {
    return asNumber(this.evaluate(field, thing));
  }

  timed(label: string, { label: attribute }: { label: string }): [string, number][] {
    return this.#town.timed
      .filter((row) => row[0] === label && row[1] === attribute)
      .map((row): [string, number] => [row[2], row[3]])
      .sort(([first], [second]) => (first < second ? -1 : 1));
  }

  fixed(label: string, attribute: string): string | undefined {
    return this.#town.fixed.find((row) => row[0] === label && row[1] === attribute)?.[2];
  }
}

function asNumber(value: Outcome): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value !== "string" || value.trim() === "") return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}

const finite = (value: number): Outcome => (Number.isFinite(value) ? value : MISSING);

/** A field with the parameters that its class has. */
// biome-ignore lint/suspicious/noExplicitAny: parameters differ by class, and a wrong one fails the test at once.
type Parameters = any;

type Evaluator = (field: Parameters, thing: Thing, reference: Reference) => Outcome;

const EVALUATORS: Readonly<Record<string, Evaluator>> = {
  ConstantField: ({ value }) => value ?? null,
  SubjectNameField: (_, thing) => thing.name,
  SubjectLatitudeField: (_, { box }) => (box ? (box[1] + box[3]) / 2 : MISSING),
  SubjectLongitudeField: (_, { box }) => (box ? (box[0] + box[2]) / 2 : MISSING),
  FixedValueField: ({ attribute }, thing, reference) => reference.fixed(thing.label, attribute.label),
  LatestValueField: ({ attribute }, thing, reference) => reference.timed(thing.label, attribute).at(-1)?.[1],
  TimeseriesMeanValueField({ attribute }, thing, reference) {
    const values = reference.timed(thing.label, attribute);
    return values.length === 0 ? MISSING : values.reduce((sum, [, value]) => sum + value, 0) / values.length;
  },
  AreaField: (_, { box }) => (box ? (box[2] - box[0]) * (box[3] - box[1]) : MISSING),
  ArithmeticField({ operation, field1, field2 }, thing, reference) {
    const [left, right] = [reference.number(field1, thing), reference.number(field2, thing)];
    if (left === undefined || right === undefined) return MISSING;
    return finite(
      { add: left + right, sub: left - right, mul: left * right, div: left / right }[operation as "add"],
    );
  },
  ListArithmeticField({ operation, fields }, thing, reference) {
    const outcomes = fields.map((field: FieldRecipe) => reference.evaluate(field, thing));
    if (outcomes.includes(MISSING)) return MISSING;
    const numbers = outcomes.map(asNumber).filter((number: unknown) => number !== undefined);
    const multiply = operation === "mul";
    return finite(
      numbers.reduce(
        (total: number, number: number) => (multiply ? total * number : total + number),
        multiply ? 1 : 0,
      ),
    );
  },
  FieldValueSumField: ({ fields }, thing, reference) =>
    EVALUATORS.ListArithmeticField?.({ operation: "add", fields }, thing, reference),
  FractionOfTotalField({ dividendAttributes, divisorAttribute }, thing, reference) {
    const newest = (attribute: { label: string }) => reference.timed(thing.label, attribute).at(-1)?.[1];
    const dividends: (number | undefined)[] = dividendAttributes.map(newest);
    const divisor = newest(divisorAttribute);
    if (dividends.includes(undefined) || divisor === undefined || divisor === 0) return MISSING;
    return dividends.reduce((sum: number, value) => sum + (value ?? 0), 0) / divisor;
  },
  LinearCombinationField: ({ scalars, fields }, thing, reference) =>
    finite(
      fields.reduce(
        (sum: number, field: FieldRecipe, index: number) =>
          sum + scalars[index] * (reference.number(field, thing) ?? 0),
        0,
      ),
    ),
  DescriptiveStatisticsField({ statistic, fields }, thing, reference) {
    const values = fields
      .map((field: FieldRecipe) => reference.number(field, thing))
      .filter((value: unknown) => value !== undefined);
    return finite(statisticOf(statistic, values));
  },
  PercentilesField({ field, subjects, percentileCount, inverse }, thing, reference) {
    const value = reference.number(field, thing);
    const sorted = subjects
      .flatMap((subject: SubjectRecipe) => reference.select(subject))
      .map((other: Thing) => reference.number(field, other))
      .filter((number: unknown) => number !== undefined)
      .sort((first: number, second: number) => first - second);
    if (value === undefined || sorted.length === 0) return MISSING;
    let bucket = percentileCount;
    for (let index = percentileCount; index >= 1; index--)
      if (value <= percentile(sorted, index / percentileCount)) bucket = index;
    return inverse ? percentileCount - bucket + 1 : bucket;
  },
  GeographicAggregationField({ subject, function: name, field }, thing, reference) {
    const members = reference.select(subject).filter((member) => within(member.box, thing.box));
    const values = members
      .map((member) => reference.number(field, member))
      .filter((value) => value !== undefined);
    const sum = values.reduce((total, value) => total + value, 0);
    if (name === "sum") return sum;
    if (values.length === 0) return MISSING;
    return { mean: sum / values.length, max: Math.max(...values), min: Math.min(...values) }[name as "mean"];
  },
  MapToContainingSubjectField({ subject, field }, thing, reference) {
    const [container, another] = reference.select(subject).filter((other) => within(thing.box, other.box));
    return container && !another ? reference.evaluate(field, container) : MISSING;
  },
  MapToNearestSubjectField({ subject, field, maxRadius }, thing, reference) {
    const near = reference
      .select(subject)
      .flatMap((other) =>
        thing.box && other.box ? [{ other, distance: distance(thing.box, other.box) }] : [],
      )
      .filter((each) => each.distance <= maxRadius)
      .sort(
        (first, second) =>
          first.distance - second.distance || (first.other.label < second.other.label ? -1 : 1),
      );
    return near[0] ? reference.evaluate(field, near[0].other) : MISSING;
  },
  BackOffField({ fields }, thing, reference) {
    for (const field of fields) {
      const value = reference.evaluate(field, thing);
      if (value !== MISSING && value !== null) return value;
    }
    return MISSING;
  },
  AttributeMatcherField({ attributes, field }, thing, reference) {
    const matches = attributes.some(({ label, values }: { label: string; values?: string[] }) => {
      const value = reference.fixed(thing.label, label);
      return (
        value !== undefined &&
        (!values || values.length === 0 || values.includes("*") || values.includes(value))
      );
    });
    return matches ? reference.evaluate(field, thing) : "0";
  },
};

function percentile(sorted: readonly number[], share: number): number {
  const place = share * (sorted.length + 1);
  if (place < 1) return sorted[0] ?? Number.NaN;
  if (place >= sorted.length) return sorted.at(-1) ?? Number.NaN;
  const below = Math.floor(place);
  const [low = 0, high = 0] = [sorted[below - 1], sorted[below]];
  return low + (place - below) * (high - low);
}

const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
const meanOf = (values: readonly number[]) => total(values) / values.length;

function varianceOf(values: readonly number[]): number {
  const mean = meanOf(values);
  if (values.length === 0) return Number.NaN;
  return values.length === 1 ? 0 : total(values.map((value) => (value - mean) ** 2)) / (values.length - 1);
}

function kurtosisOf(values: readonly number[]): number {
  const n = values.length;
  const [mean, variance] = [meanOf(values), varianceOf(values)];
  if (n < 4 || variance === 0) return Number.NaN;
  const fourth = total(values.map((value) => (value - mean) ** 4)) / variance ** 2;
  return ((n * (n + 1)) / ((n - 1) * (n - 2) * (n - 3))) * fourth - (3 * (n - 1) ** 2) / ((n - 2) * (n - 3));
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((first, second) => first - second);
  const n = sorted.length;
  return ((sorted[(n - 1) >> 1] ?? Number.NaN) + (sorted[n >> 1] ?? Number.NaN)) / 2;
}

function geometricMeanOf(values: readonly number[]): number {
  if (values.some((value) => value < 0)) return Number.NaN;
  return values.includes(0) ? 0 : Math.exp(meanOf(values.map(Math.log)));
}

const STATISTICS: Readonly<Record<string, (values: readonly number[]) => number>> = {
  sum: total,
  product: (values) => values.reduce((product, value) => product * value, 1),
  sumofsquares: (values) => total(values.map((value) => value * value)),
  sumoflogs: (values) => (values.some((value) => value <= 0) ? Number.NaN : total(values.map(Math.log))),
  mean: meanOf,
  min: (values) => Math.min(...values),
  max: (values) => Math.max(...values),
  median: medianOf,
  variance: varianceOf,
  stdev: (values) => Math.sqrt(varianceOf(values)),
  geometricmean: geometricMeanOf,
  kurtosis: kurtosisOf,
};

function statisticOf(statistic: string, values: readonly number[]): number {
  return STATISTICS[statistic]?.(values) ?? Number.NaN;
}

/** Whether the first lies in the second: inside and with some interior in common. */
function within(first: Box | null, second: Box | null): boolean {
  if (!first || !second) return false;
  const isPoint = (box: Box) => box[0] === box[2] && box[1] === box[3];
  if (isPoint(second)) return isPoint(first) && first[0] === second[0] && first[1] === second[1];
  if (isPoint(first))
    return first[0] > second[0] && first[0] < second[2] && first[1] > second[1] && first[1] < second[3];
  return first[0] >= second[0] && first[1] >= second[1] && first[2] <= second[2] && first[3] <= second[3];
}

function distance(first: Box, second: Box): number {
  const x = Math.max(0, first[0] - second[2], second[0] - first[2]);
  const y = Math.max(0, first[1] - second[3], second[1] - first[3]);
  return Math.hypot(x, y);
}
