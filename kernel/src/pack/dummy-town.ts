import type { ContractInput } from "./contract.ts";
import { onEarth, PLOTS, type Place, plot, tile, tileCount } from "./dummy-plan.ts";

/** A subject of the dummy town. */
export interface DummySubject {
  readonly label: string;
  readonly name: string;
  /** Well-known text; longitude and latitude. */
  readonly shape: string;
  /** Where it lies, for values that neighbours have nearly the same. */
  readonly place: Place;
}

type Placed = Pick<DummySubject, "shape" | "place">;

const POINTS = 600;
const LINES = 240;

/** The subjects of an input: areas that tile the town, patches inside them, lines or points. */
export function dummySubjects(input: ContractInput, tiles: boolean, random: () => number): DummySubject[] {
  const placed = tiles && input.shape === "area" ? tilesOf(input.rank) : placedOf(input, random);
  return placed.map((each, index) => ({
    label: labelOf(input, index),
    name: nameOf(input, index, placed.length),
    ...each,
  }));
}

function placedOf({ shape }: ContractInput, random: () => number): Placed[] {
  if (shape === "area") return patches(random);
  if (shape === "line") return Array.from({ length: LINES }, () => line(random));
  return Array.from({ length: POINTS }, () => {
    const place: Place = [random(), random()];
    return { place, shape: `POINT (${onEarth(place).join(" ")})` };
  });
}

const tilesOf = (rank: number): Placed[] =>
  Array.from({ length: tileCount(rank) }, (_, index) => {
    const { ring, middle } = tile(rank, index);
    return { place: middle, shape: polygon(ring) };
  });

function polygon(ring: readonly (readonly number[])[]): string {
  const closed = [...ring, ...ring.slice(0, 1)];
  return `POLYGON ((${closed.map((corner) => corner.join(" ")).join(", ")}))`;
}

const CORNERS = 9;

/** Areas that do not tile the town, such as parks: few and small in its middle, none over another. */
function patches(random: () => number): Placed[] {
  return Array.from({ length: tileCount(0) * PLOTS }, (_, index) => plot(index)).flatMap(
    ({ middle, reach }) => {
      const outside = Math.min(1, Math.hypot(middle[0] - 0.5, middle[1] - 0.5) / 0.6);
      if (random() > 0.35 + 0.5 * outside) return [];
      const size = reach * (0.3 + (0.4 + 0.3 * outside) * random());
      const ring = Array.from({ length: CORNERS }, (_, corner) => {
        const [angle, far] = [(2 * Math.PI * corner) / CORNERS, size * (0.7 + 0.3 * random())];
        return onEarth([middle[0] + far * Math.cos(angle), middle[1] + far * Math.sin(angle)]);
      });
      return [{ place: middle, shape: polygon(ring) }];
    },
  );
}

/** Streets: they lead out of the town or around its middle, with a bend or two. */
function line(random: () => number): Placed {
  const place: Place = [random(), random()];
  const out = Math.atan2(place[1] - 0.5, place[0] - 0.5);
  let heading = random() < 0.5 ? out : out + Math.PI / 2;
  let at = place;
  const corners = [at];
  for (let steps = 2 + Math.floor(4 * random()); steps > 0; steps--) {
    const far = 0.015 + 0.03 * random();
    at = [within(at[0] + far * Math.cos(heading)), within(at[1] + far * Math.sin(heading))];
    corners.push(at);
    heading += (random() - 0.5) * 0.7;
  }
  return { place, shape: `LINESTRING (${corners.map((corner) => onEarth(corner).join(" ")).join(", ")})` };
}

const within = (part: number): number => Math.min(1, Math.max(0, part));

/** Labels that the recipe's own pattern chooses, so that it finds its subjects. */
function labelOf({ labels, subjectType }: ContractInput, index: number): string {
  const pattern = labels[index % Math.max(1, labels.length)];
  if (pattern === undefined) return `DUMMY-${subjectType}-${String(index + 1).padStart(4, "0")}`;
  return filled(pattern, String(index + 1).padStart(4, "0"));
}

function nameOf({ names, title }: ContractInput, index: number, count: number): string {
  const pattern = names[index % Math.max(1, names.length)];
  if (pattern === undefined) return `Dummy ${title} ${index + 1}`;
  // A name without a wildcard is that of one subject; it goes to the first.
  if (!/[%_]/.test(pattern)) return index < names.length ? pattern : `Dummy ${title} ${index + 1}`;
  return filled(pattern, count > 1 ? ` dummy ${index + 1}` : " dummy");
}

const filled = (pattern: string, text: string): string =>
  pattern.replace(/%+/, text).replaceAll("%", "").replaceAll("_", "0").trim();
