/** Words about no matter. */
export const SMALL_WORDS = new Set([
  "a",
  "an",
  "and",
  "at",
  "by",
  "for",
  "from",
  "in",
  "of",
  "on",
  "or",
  "per",
  "the",
  "to",
  "with",
]);

/** Words for one matter, in everyday language and in that of the publishers; the first letters of each are compared. */
const ALIKE: readonly (readonly string[])[] = [
  ["cycling", "bicycle", "bike", "cycle", "pedal"],
  ["deprivation", "poverty", "imd"],
  ["crime", "police", "offence"],
  ["pollution", "air", "no2", "pm10"],
  ["pay", "wages", "earnings", "income", "salary"],
  ["jobs", "employment", "work", "labour", "economic"],
  ["unemployment", "claimants", "jobseekers"],
  ["parks", "greenspace", "green", "open space"],
  ["doctors", "gp", "surgeries", "health", "clinic"],
  ["schools", "education", "pupils", "attainment"],
  ["population", "people", "residents"],
  ["boundaries", "borders", "areas", "polygons"],
  ["traffic", "vehicles", "cars", "roads"],
  ["trains", "stations", "tube", "underground", "transport"],
  ["obesity", "overweight", "bmi"],
  ["loneliness", "isolation", "lonely", "social"],
  ["tenure", "housing", "homes", "dwellings"],
  ["walking", "foot", "pedestrian", "active"],
  ["age", "elderly", "older", "children"],
  ["pubs", "bars", "restaurants", "cafes", "gastronomy", "food"],
];

/** The groups of words for one matter by the stem of each of their words. */
const ALIKE_BY_STEM = new Map<string, readonly string[]>();

/** The words for the same matter as a stem; none when it has no such group. */
export function alikeTo(stemmed: string): readonly string[] {
  if (ALIKE_BY_STEM.size === 0)
    for (const group of ALIKE) for (const word of group) ALIKE_BY_STEM.set(stem(word), group);
  return ALIKE_BY_STEM.get(stemmed) ?? [];
}

/** The stems of a text, in order. */
export const stemsOf = (text: string) =>
  spaced(text)
    .split(/[^\p{L}\p{N}]+/u)
    .map(stem)
    .filter((word) => word !== "");

const ENDINGS = ["ies", "ing", "es", "ed", "e", "s", "y"];
const SHORTEST_STEM = 3;

/** The beginning that the forms of a word have in common: `cycl` of cycle, cycles and cycling. */
export function stem(word: string): string {
  const plain = word.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
  const ending = ENDINGS.find(
    (each) =>
      plain.endsWith(each) && plain.length - each.length >= (/^es?$/.test(each) ? 1 : 0) + SHORTEST_STEM,
  );
  return ending === undefined ? plain : plain.slice(0, -ending.length);
}

/** A label as words: `bicycleFraction` and `fraction_bicycle`. */
export function spaced(label: string): string {
  return label.replace(/(?<=[a-z\d])(?=[A-Z])/g, " ").replace(/[_/-]+/g, " ");
}
