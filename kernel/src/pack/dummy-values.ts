import type { ContractAttribute } from "./contract.ts";

/** Times of the dummy measurements: two, so that a change can be computed. */
export const DUMMY_TIMES: readonly string[] = ["2011-12-31T23:59:59", "2021-12-31T23:59:59"];

/** The numbers of one subject at one time: a total is larger than the sum of the parts that share the beginning of its name. */
export function dummyNumbers(attributes: readonly ContractAttribute[], random: () => number): number[] {
  const values = attributes.map((attribute) => dummyNumber(attribute, random));
  return attributes.map((attribute, index) => {
    const value = values[index] ?? 0;
    if (!isTotal(attribute)) return value;
    const parts = attributes.map((other, place) =>
      !isTotal(other) && familyOf(other) === familyOf(attribute) ? (values[place] ?? 0) : 0,
    );
    const sum = parts.reduce((all, part) => all + part, 0);
    return sum > 0 ? Math.round(sum * (1.2 + 4 * random())) : value;
  });
}

const familyOf = ({ label }: ContractAttribute): string => label.split(":")[0] ?? label;

const isTotal = ({ label, description, kind }: ContractAttribute): boolean =>
  (kind === undefined || kind === "count") &&
  WHOLE.test(`${label} ${description}`) &&
  !/: total\b/i.test(label);

const WHOLE = /\b(all|total|population|residents)\b/i;

/** A number as an attribute of this kind and unit could have it. Totals are larger than what they may be the total of. */
export function dummyNumber(attribute: ContractAttribute, random: () => number): number {
  const { kind, unit } = attribute;
  const around = (median: number, spread: number) => median * Math.exp(spread * normal(random));
  switch (kind) {
    case "rate":
      return unit === "%" ? Math.round(1000 * random()) / 10 : random();
    case "percentile":
      return Math.ceil(100 * random());
    case "mean":
    case "index":
      return around(40, 0.3);
    case "amount":
      return around(1000, 0.6);
    default:
      return Math.round(isTotal(attribute) ? around(1600, 0.15) : around(60, 0.5));
  }
}

/** A text as the attribute could have it: most often one that the recipe looks for; undefined where it has none. */
export function dummyText(
  { categories, label }: ContractAttribute,
  random: () => number,
): string | undefined {
  if (categories && categories.length > 0) {
    const choice = Math.floor(random() * (categories.length + 2));
    return categories[choice];
  }
  return random() < 0.3 ? undefined : `dummy ${label} ${"ABC".charAt(Math.floor(random() * 3))}`;
}

/** The sum of twelve even numbers less six is nearly normal, with mean 0 and deviation 1. */
function normal(random: () => number): number {
  let sum = -6;
  for (let count = 0; count < 12; count++) sum += random();
  return sum;
}
