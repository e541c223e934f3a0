// @ts-check
// A layer of areas as a country has them: many, crowded in towns, with borders that neighbours share. Always the same.
import { Delaunay } from "d3-delaunay";
import proj4 from "proj4";

/** The National Grid of Great Britain, for proj4. */
export const NATIONAL_GRID =
  "+proj=tmerc +lat_0=49 +lon_0=-2 +k=0.9996012717 +x_0=400000 +y_0=-100000 +ellps=airy +towgs84=446.448,-125.157,542.06,0.15,0.247,0.842,-20.489 +units=m +no_defs";

/** The box of England in the National Grid. */
export const BOX = /** @type {const} */ ([134_000, 11_000, 655_000, 657_000]);

/** A generator of numbers from 0 to 1 that begins the same each time (mulberry32). @param {number} seed */
export function randomNumbers(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Places crowded like towns, in metres.
 * @param {number} count
 * @param {() => number} random
 * @param {number} [scale] - of the towns
 */
export function crowdedPlaces(count, random, scale = 1) {
  const [left, bottom, right, top] = BOX;
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const towns = Array.from({ length: Math.max(8, Math.floor(count / 60)) }, () => ({
    x: left + random() * (right - left),
    y: bottom + random() * (top - bottom),
    weight: (1 - random()) ** (-1 / 1.1) - 0.8,
  }));
  const total = towns.reduce((sum, { weight }) => sum + weight, 0);
  const pick = () => {
    let rest = random() * total;
    return (
      towns.find(({ weight }) => {
        rest -= weight;
        return rest <= 0;
      }) ?? towns[0]
    );
  };
  return Float64Array.from({ length: count }, (_, index) => index).reduce(
    (places, index) => {
      const town = index < 0.85 * count ? pick() : undefined;
      const spread = -3500 * scale * Math.log(1 - random());
      const x = town ? town.x + normal() * spread : left + random() * (right - left);
      const y = town ? town.y + normal() * spread : bottom + random() * (top - bottom);
      places[2 * index] = Math.min(right - 1, Math.max(left + 1, x)) + random() - 0.5;
      places[2 * index + 1] = Math.min(top - 1, Math.max(bottom + 1, y)) + random() - 0.5;
      return places;
    },
    new Float64Array(2 * count),
  );
}

/**
 * Areas that cover the country without gap or overlap, each ring in longitude and latitude, closed, counter-clockwise.
 * Borders wind: each edge is cut into pieces that are moved sideways, the same for both neighbours.
 * @param {number} count
 * @param {number} pieces - of each edge; with 10 an area has about 59 points
 * @returns {Float64Array[]}
 */
export function areaRings(count, pieces) {
  const places = crowdedPlaces(count, randomNumbers(20_180_316));
  const voronoi = new Delaunay(places).voronoi([...BOX]);
  const { inverse } = proj4("WGS84", NATIONAL_GRID);
  return Array.from({ length: count }, (_, cell) => {
    const corners = voronoi.cellPolygon(cell) ?? [];
    /** @type {number[]} */
    const ring = [];
    for (let index = 0; index < corners.length - 1; index++) {
      for (const [x, y] of windingEdge(corners[index], corners[index + 1], pieces)) {
        const [longitude, latitude] = inverse([x, y]);
        ring.push(longitude, latitude);
      }
    }
    ring.push(ring[0], ring[1]);
    return Float64Array.from(ring);
  });
}

/**
 * @param {ArrayLike<number>} from
 * @param {ArrayLike<number>} to
 * @param {number} pieces
 */
function windingEdge(from, to, pieces) {
  const turned = from[0] > to[0] || (from[0] === to[0] && from[1] > to[1]);
  const [a, b] = turned ? [to, from] : [from, to];
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const random = randomNumbers(Math.round(a[0] * 7 + a[1] * 13 + b[0] * 29 + b[1] * 31));
  const points = Array.from({ length: pieces }, (_, piece) => {
    const part = piece / pieces;
    const aside = piece === 0 ? 0 : (random() - 0.5) * 0.12;
    return [a[0] + part * dx - aside * dy, a[1] + part * dy + aside * dx];
  });
  points.push([b[0], b[1]]);
  return turned ? points.reverse().slice(0, -1) : points.slice(0, -1);
}

/** A ring as a polygon in WKB. @param {Float64Array} ring */
export function ringWkb(ring) {
  const bytes = new Uint8Array(13 + ring.byteLength);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, 1);
  for (const [offset, word] of /** @type {const} */ ([
    [1, 3],
    [5, 1],
    [9, ring.length / 2],
  ]))
    view.setUint32(offset, word, true);
  for (const [index, value] of ring.entries()) view.setFloat64(13 + 8 * index, value, true);
  return bytes;
}

/**
 * Areas with two columns of numbers, as a result of a recipe would be.
 * @param {typeof import("apache-arrow")} arrow
 * @param {readonly Float64Array[]} rings
 */
export function areasTable(arrow, rings) {
  const { Binary, Field, Float64, RecordBatch, Schema, Struct, Table, Utf8, makeData, vectorFromArray } =
    arrow;
  const label = [
    ["tombolo.access", "public"],
    ["tombolo.source", "Made up for a benchmark."],
  ];
  const random = randomNumbers(1);
  const code = (/** @type {number} */ index) => `E01${String(index).padStart(6, "0")}`;
  const first = Float64Array.from(rings, (ring) => Math.round((ring[0] + 7) * 1000 + 2000 * random()));
  const second = Array.from(rings, (ring) =>
    random() < 0.02 ? null : 10 * ring[1] + Math.exp(3 * random()),
  );
  const columns = {
    label: vectorFromArray(
      rings.map((_, index) => code(index)),
      new Utf8(),
    ),
    name: vectorFromArray(
      rings.map((_, index) => `Area ${index}`),
      new Utf8(),
    ),
    first: vectorFromArray(first, new Float64()),
    second: vectorFromArray(second, new Float64()),
    geometry: vectorFromArray(rings.map(ringWkb), new Binary()),
  };
  const fields = Object.entries(columns).map(([name, { type }]) => {
    const extension = name === "geometry" ? [["ARROW:extension:name", "geoarrow.wkb"]] : [];
    return new Field(name, type, true, new Map(/** @type {[string, string][]} */ ([...label, ...extension])));
  });
  const schema = new Schema(fields);
  const children = Object.values(columns).map(({ data }) => data[0]);
  const data = makeData({ type: new Struct(fields), length: rings.length, nullCount: 0, children });
  return new Table(schema, [new RecordBatch(schema, data)]);
}
