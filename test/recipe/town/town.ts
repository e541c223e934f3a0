import type { Given, GivenSubject } from "../../conformance/cases.ts";

/** A box, or a point when both corners are the same: west, south, east, north in degrees. */
export type Box = readonly [number, number, number, number];

/** A subject of the town. */
export interface Thing {
  readonly provider: string;
  readonly type: string;
  readonly label: string;
  readonly name: string | null;
  readonly box: Box | null;
}

/** The made-up town as plain lists, for the reference implementation and for the store. */
export interface Town {
  readonly things: readonly Thing[];
  /** Label, attribute, time, value. */
  readonly timed: readonly (readonly [string, string, string, number])[];
  /** Label, attribute, text. */
  readonly fixed: readonly (readonly [string, string, string])[];
}

export const PROVIDER = "town.example";

/** Seeded random numbers from 0 to below 1. */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}

/**
 * Nine districts of two by two areas on whole degrees, trees, sensors and parks in them. Whole numbers, so that what lies in what can
 * be seen at once; some things have no shape, no name or no value.
 */
export function buildTown(seed: number): Town {
  const random = randomNumbers(seed);
  const pick = (count: number) => Math.floor(random() * count);
  const things: Thing[] = [];
  const add = (type: string, label: string, name: string | null, box: Box | null) =>
    things.push({ provider: PROVIDER, type, label, name, box });
  for (let x = 0; x < 3; x++)
    for (let y = 0; y < 3; y++)
      add("district", `d${x}${y}`, `District ${x}${y}`, [2 * x, 2 * y, 2 * x + 2, 2 * y + 2]);
  for (let x = 0; x < 6; x++)
    for (let y = 0; y < 6; y++)
      add("area", `a${x}${y}`, y === 5 ? null : `Area ${x}${y}`, [x, y, x + 1, y + 1]);
  add("area", "lost", "Lost", null);
  for (let index = 0; index < 40; index++) {
    // Every tenth stands on a border.
    const offset = index % 10 === 0 ? 0 : 0.25 + 0.5 * random();
    const [x, y] = [pick(6) + offset, pick(6) + offset];
    add("tree", `t${index}`, `Tree ${index}`, [x, y, x, y]);
  }
  for (let index = 0; index < 6; index++) {
    const [x, y] = [pick(6) + 0.5, pick(6) + 0.5];
    add("sensor", `s${index}`, null, [x, y, x, y]);
  }
  for (let index = 0; index < 12; index++) {
    const [x, y] = [pick(6) + 0.25 * pick(4), pick(6) + 0.25 * pick(4)];
    add("park", `p${index}`, `Park ${index}`, [x, y, x + 0.25 * (1 + pick(3)), y + 0.25 * (1 + pick(3))]);
  }
  return { things, ...buildValues(things, random) };
}

const WORDS = ["oak", "elm", "lime", "7", "0", "1.5", "n/a"];

function buildValues(things: readonly Thing[], random: () => number): Pick<Town, "timed" | "fixed"> {
  const timed = things.flatMap(({ label }) =>
    ["count", "size"].flatMap((attribute) => yearsOf(label, attribute, random)),
  );
  const fixed = things.flatMap(({ label }) =>
    ["kind", "note"].flatMap((attribute): [string, string, string][] =>
      random() < 0.6 ? [[label, attribute, WORDS[Math.floor(random() * WORDS.length)] ?? ""]] : [],
    ),
  );
  return { timed, fixed };
}

/** No value, or one a year for up to three years; quarters, some below zero. */
function yearsOf(label: string, attribute: string, random: () => number): [string, string, string, number][] {
  const years = random() < 0.3 ? 0 : 1 + Math.floor(random() * 3);
  return Array.from({ length: years }, (_, year) => [
    label,
    attribute,
    `${2010 + year}-12-31T23:59:59`,
    Math.round(random() * 40) / 4 - (random() < 0.1 ? 5 : 0),
  ]);
}

/** The town as the store takes it. */
export function townAsGiven({ things, timed, fixed }: Town): Given {
  return {
    subjects: things.map(
      ({ provider, type, label, name, box }): GivenSubject => ({
        provider,
        subjectType: type,
        label,
        name,
        geometry: box && wktOf(box),
      }),
    ),
    timedValues: timed.map(([label, attribute, time, value]) => [label, PROVIDER, attribute, time, value]),
    fixedValues: fixed.map(([label, attribute, text]) => [label, PROVIDER, attribute, text]),
  };
}

function wktOf([west, south, east, north]: Box): string {
  if (west === east && south === north) return `POINT (${west} ${south})`;
  const ring = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
  return `POLYGON ((${ring.map((point) => point.join(" ")).join(", ")}))`;
}
