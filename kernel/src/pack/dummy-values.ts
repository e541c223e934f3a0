import type { ContractAttribute } from "./contract.ts";

/** Times of the dummy measurements: two, so that a change can be computed. */
export const DUMMY_TIMES: readonly string[] = ["2011-12-31T23:59:59", "2021-12-31T23:59:59"];

const WHOLE = /\b(all|total|population|residents)\b/i;

/** A number as an attribute of this kind and unit could have it. Totals are larger than what they may be the total of. */
export function dummyNumber(
  { kind, unit, label, description }: ContractAttribute,
  random: () => number,
): number {
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
      return Math.round(WHOLE.test(`${label} ${description}`) ? around(1600, 0.15) : around(60, 0.5));
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
