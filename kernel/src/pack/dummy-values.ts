import type { ContractAttribute } from "./contract.ts";
import type { Place } from "./dummy-plan.ts";

/** Times of the dummy measurements: two, so that a change can be computed. */
export const DUMMY_TIMES: readonly string[] = ["2011-12-31T23:59:59", "2021-12-31T23:59:59"];

/** How far above or below what is usual a subject is in an attribute: nearly normal, with mean 0 and deviation 1. */
export type Standing = (attribute: ContractAttribute) => number;

/** Standings of which neighbours have nearly the same, and which change little from time to time. */
export class Standings {
  readonly #random: () => number;
  /** One for each family of attributes: parts of the same total are high or low together. */
  readonly #fields = new Map<string, (place: Place) => number>();

  constructor(random: () => number) {
    this.#random = random;
  }

  /** The standing of a subject at each of so many times. */
  at(place: Place, times: number): Standing[] {
    const usual = remembered(
      (attribute) => 0.85 * this.#fieldOf(attribute)(place) + 0.5 * normal(this.#random),
    );
    return Array.from({ length: times }, (_, time) =>
      time === 0 ? usual : remembered((attribute) => usual(attribute) + 0.25 * normal(this.#random)),
    );
  }

  #fieldOf(attribute: ContractAttribute): (place: Place) => number {
    const family = familyOf(attribute);
    const field = this.#fields.get(family) ?? smoothField(this.#random);
    this.#fields.set(family, field);
    return field;
  }
}

/** The same for an attribute however often it is asked for. */
function remembered(standing: Standing): Standing {
  const known = new Map<ContractAttribute, number>();
  return (attribute) => {
    const found = known.get(attribute) ?? standing(attribute);
    known.set(attribute, found);
    return found;
  };
}

const WAVES = 5;

/** Hills and valleys over the town: a sum of waves. */
function smoothField(random: () => number): (place: Place) => number {
  const waves = Array.from({ length: WAVES }, () => {
    const [angle, often, phase] = [2 * Math.PI * random(), 3 + 6 * random(), 2 * Math.PI * random()];
    return ([east, north]: Place) =>
      Math.cos(often * (east * Math.cos(angle) + north * Math.sin(angle)) + phase);
  });
  return (place) => waves.reduce((all, wave) => all + wave(place), 0) / Math.sqrt(WAVES / 2);
}

/** The numbers of one subject at one time: parts that share the beginning of their names with a total are no more than it. */
export function dummyNumbers(attributes: readonly ContractAttribute[], standing: Standing): number[] {
  return attributes.map((attribute) => {
    const family = attributes.filter((other) => familyOf(other) === familyOf(attribute));
    const whole = family.find(isTotal);
    if (!whole || whole === attribute || isTotal(attribute) || !isCount(attribute))
      return dummyNumber(attribute, standing);
    const parts = family.filter((other) => !isTotal(other));
    const total = dummyNumber(whole, standing);
    return Math.round((total * shareOf(standing(attribute))) / parts.length);
  });
}

const familyOf = ({ label }: ContractAttribute): string => label.split(":")[0] ?? label;

const isCount = ({ kind }: ContractAttribute): boolean => kind === undefined || kind === "count";

const isTotal = (attribute: ContractAttribute): boolean =>
  isCount(attribute) &&
  WHOLE.test(`${attribute.label} ${attribute.description}`) &&
  !/: total\b/i.test(attribute.label);

const WHOLE = /\b(all|total|population|residents)\b/i;

/** Shares are seldom near none or all. */
const shareOf = (standing: number): number => 1 / (1 + Math.exp(1.2 - 0.6 * standing));

/** What is usual of numbers that say this in their unit or name, and how far they spread. */
const USUAL: readonly (readonly [says: RegExp, median: number, spread: number])[] = [
  [/bicycle|cycles|cyclist/i, 150, 0.7],
  [/vehicle/i, 5000, 0.6],
  [/price|sale/i, 230_000, 0.3],
  [/GBP|£/, 30_000, 0.2],
  [/\byears\b/, 40, 0.12],
  [/µg\/m/, 18, 0.2],
  [/\bmin\b|minutes/, 25, 0.3],
  [/\bkm\b/, 3, 0.5],
  [/\bm\b/, 400, 0.5],
  [/0 to 10/, 7, 0.1],
  [/\bper [\d,]+\b/, 30, 0.4],
];

/** A number as an attribute of this kind and unit could have it. Totals are larger than what they may be the total of. */
export function dummyNumber(attribute: ContractAttribute, standing: Standing): number {
  const { kind, unit = "", label, description } = attribute;
  const at = standing(attribute);
  const around = (median: number, spread: number) => {
    const [, usual, spreads] = USUAL.find(([says]) => says.test(`${unit} ${label} ${description}`)) ?? [];
    return (usual ?? median) * Math.exp((spreads ?? spread) * at);
  };
  switch (kind) {
    case "rate":
      if (unit === "%") return Math.round(1000 * shareOf(at)) / 10;
      return /^per /.test(unit) ? around(30, 0.4) : shareOf(at);
    case "percentile":
      return Math.min(100, Math.max(1, Math.ceil(100 / (1 + Math.exp(-1.7 * at)))));
    case "mean":
    case "index":
      return around(40, 0.3);
    case "amount":
      return around(1000, 0.6);
    default:
      if (!isTotal(attribute)) return Math.round(60 * Math.exp(0.5 * at));
      return Math.round((/household/i.test(unit) ? 680 : 1600) * Math.exp(0.15 * at));
  }
}

/**
 * The texts of one subject. What has one of several attributes whose names begin alike, such as cycleway:left, also has those
 * that stand alone, such as highway: they say what it is, and the others more about it.
 */
export function dummyTexts(
  attributes: readonly ContractAttribute[],
  random: () => number,
): (string | undefined)[] {
  const isAlone = (attribute: ContractAttribute) =>
    attributes.filter((other) => familyOf(other) === familyOf(attribute)).length === 1;
  const texts = attributes.map((attribute) => dummyText(attribute, attributes, random));
  const hasMore = attributes.some((attribute, index) => texts[index] !== undefined && !isAlone(attribute));
  return attributes.map((attribute, index) => {
    const [first] = attribute.categories ?? [];
    return (
      texts[index] ?? (hasMore && isAlone(attribute) ? (first ?? `dummy ${attribute.label} A`) : undefined)
    );
  });
}

/**
 * A text as the attribute could have it: most often one that the recipe looks for; undefined where it has none. Of attributes
 * whose names begin alike few subjects have one.
 */
function dummyText(
  attribute: ContractAttribute,
  others: readonly ContractAttribute[],
  random: () => number,
): string | undefined {
  const { categories, label } = attribute;
  if (categories && categories.length > 0) {
    const choice = Math.floor(random() * (categories.length + 2));
    return categories[choice];
  }
  const alike = others.filter((other) => familyOf(other) === familyOf(attribute)).length;
  const often = alike > 1 ? 0.3 / alike : 0.9;
  return random() > often ? undefined : `dummy ${label} ${"ABC".charAt(Math.floor(random() * 3))}`;
}

/** The sum of twelve even numbers less six is nearly normal, with mean 0 and deviation 1. */
function normal(random: () => number): number {
  let sum = -6;
  for (let count = 0; count < 12; count++) sum += random();
  return sum;
}
