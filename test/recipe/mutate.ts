/** Seeded random numbers from 0 to below 1. */
export type Random = () => number;
/** One of some items. */
export const choose = <Item>(random: Random, items: readonly Item[]): Item =>
  items[Math.floor(random() * items.length)] as Item;

/** Values that break programs: of other types, empty, huge, and such as would do harm in SQL, in a path or in an object. */
const NASTY: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1e308,
  0.5,
  "",
  " ",
  "'; DROP TABLE subjects; --",
  '"); DELETE FROM subjects; --',
  "$1 ? %s {{x}} \\",
  "100%_\\",
  "../../../etc/passwd",
  "__proto__",
  "constructor",
  "toString",
  "uk.org.tombolo.field.value.ConstantField",
  "9".repeat(400),
  "a".repeat(5000),
  "\u0000\u2028\ud800",
  [],
  {},
  [[[[[]]]]],
  { fieldClass: "uk.org.tombolo.field.WrapperField", fields: [] },
  { and: [] },
];

/** All places of a tree: a holder and the key in it. */
function placesOf(
  tree: unknown,
  places: [Record<string, unknown>, string][] = [],
): [Record<string, unknown>, string][] {
  if (typeof tree !== "object" || tree === null) return places;
  for (const key of Object.keys(tree)) {
    const holder = tree as Record<string, unknown>;
    places.push([holder, key]);
    placesOf(holder[key], places);
  }
  return places;
}

/** A copy of a recipe with one to three changes that somebody could make by mistake or in bad faith. */
export function mutate(tree: unknown, random: Random): unknown {
  const copy: unknown = structuredClone(tree);
  for (let times = 1 + Math.floor(random() * 3); times > 0; times--) {
    const places = placesOf(copy);
    if (places.length === 0) return copy;
    const [holder, key] = choose(random, places);
    const [other, otherKey] = choose(random, places);
    const changes = [
      () => delete holder[key],
      () => (holder[key] = structuredClone(choose(random, NASTY))),
      () => (holder[key] = structuredClone(other[otherKey])),
      () => (holder[`${key}${choose(random, ["s", "", "x"])}`] = structuredClone(choose(random, NASTY))),
      () =>
        (holder[key] =
          typeof holder[key] === "string"
            ? misspell(String(holder[key]), random)
            : structuredClone(choose(random, NASTY))),
      () => (holder[key] = [holder[key]]),
    ];
    choose(random, changes)();
  }
  return copy;
}

function misspell(text: string, random: Random): string {
  const at = Math.floor(random() * (text.length + 1));
  return text.slice(0, at) + choose(random, ["", "x", "'", "%", "\\", "/"]) + text.slice(at + 1);
}
