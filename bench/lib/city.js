// @ts-check
// A city's workload, always the same: areas that tile a country, points with a value, green polygons, roads, ten attributes. Once
// as a store of ours, once as the GeoParquet files in the National Grid that the others read.
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Delaunay } from "d3-delaunay";
import { root } from "../../scripts/lib/paths.js";
import { BOX, crowdedPlaces, randomNumbers } from "./areas.js";

/**
 * How crowded towns are is a matter of luck: with these, 12 pairs of a green polygon and an area meet for each of 35,672 areas,
 * and half of the polygons lie across a border, as in the workload that the goals are about.
 */
const TOWNS = 1;

/** A layer of other sizes has its lengths in proportion, so that as many things meet. @param {number} areas */
const scaleOf = (areas) => Math.sqrt(35_672 / areas);

/** @param {number} areas */
const middlesOf = (areas) => crowdedPlaces(areas, randomNumbers(TOWNS), scaleOf(areas));

/** Numbers of things beside so many areas, as in a country of 35,672. @param {number} areas */
const sizes = (areas) => ({
  points: Math.round((300_000 * areas) / 35_672),
  green: Math.round((50_000 * areas) / 35_672),
  roads: Math.round((20_000 * areas) / 35_672),
});

/**
 * The folder with the workload of so many areas; made when it is not there.
 * @param {number} areas
 */
export async function city(areas) {
  const folder = join(root, "bench", "output", `crowded-${areas}`);
  if (existsSync(folder)) return folder;
  const partial = `${folder}-${process.pid}`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(join(partial, "store"), { recursive: true });
  console.log(`Making a city of ${areas} areas …`);
  const { openStore } = await import("../../kernel/dist/store/store.js");
  const store = await openStore(join(partial, "store"));
  await makeTables(store.engine, areas);
  await writeStore(store);
  await writeFiles(store.engine, partial);
  store.close();
  renameSync(partial, folder);
  return folder;
}

/**
 * @param {import("../../kernel/dist/engine/engine.js").Engine} engine
 * @param {number} areas
 */
async function makeTables(engine, areas) {
  const { tableFromVectors } = await import("../../kernel/dist/engine/arrow.js");
  const { Binary, Field, vectorFromArray } = await import("apache-arrow");
  const rings = areaRings(areas).map(polygonOfRing);
  const metadata = new Map([["ARROW:extension:name", "geoarrow.wkb"]]);
  const shapes = vectorFromArray(rings, new Binary());
  await engine.register(
    "area_shapes",
    tableFromVectors([new Field("shape", new Binary(), true, metadata)], [shapes], areas),
  );
  const lonLat = (/** @type {string} */ shape) =>
    `ST_Transform(${shape}, 'EPSG:27700', 'OGC:CRS84', always_xy := true)`;
  await engine.run(
    `CREATE TEMP TABLE made_areas AS SELECT row_number() OVER () - 1 AS i, ${lonLat("shape::GEOMETRY")} AS shape FROM area_shapes`,
  );
  const { points, green, roads } = sizes(areas);
  const scale = scaleOf(areas);
  await registerPlaces(engine, "point_places", points, areas, 1500 * scale, 1);
  await registerPlaces(engine, "green_places", green, areas, 900 * scale, 2);
  await registerPlaces(engine, "road_places", roads, areas, 2000 * scale, 3);
  // Hashes instead of random(): the same numbers at every run, whatever the number of threads.
  const random = (/** @type {number} */ salt) => `((hash(i * 64 + ${salt}) % 1000003 + 0.5) / 1000003)`;
  const normal = (/** @type {number} */ salt) =>
    `(sqrt(-2 * ln(${random(salt)})) * cos(2 * pi() * ${random(salt + 1)}))`;
  await engine.run(
    `CREATE TEMP TABLE made_points AS SELECT i, -50 * (ln(${random(1)}) + ln(${random(2)})) AS value, ${lonLat("ST_Point(x, y)")} AS shape FROM point_places`,
  );
  await engine.run(
    `CREATE TEMP TABLE made_green AS SELECT i, ${lonLat(`ST_Buffer(ST_Point(x, y), ${scale} * exp(4 + 0.8 * ${normal(3)}), 8)`)} AS shape FROM green_places`,
  );
  await engine.run(`CREATE TEMP TABLE made_roads AS SELECT i, ${lonLat(`ST_MakeLine([ST_Point(x, y), ST_Point(x + dx / 2 + ${400 * scale} * ${normal(5)}, y + dy / 2 + ${400 * scale} * ${normal(7)}), ST_Point(x + dx, y + dy)])`)} AS shape
    FROM (SELECT *, ${2500 * scale} * ${normal(9)} AS dx, ${2500 * scale} * ${normal(11)} AS dy FROM road_places)`);
  await engine.run(
    `CREATE TEMP TABLE made_centres AS SELECT i, ${lonLat("ST_Centroid(ST_Transform(shape, 'OGC:CRS84', 'EPSG:27700', always_xy := true))")} AS shape FROM made_areas`,
  );
  await engine.run(
    `CREATE TEMP TABLE area_attributes AS SELECT i, ${Array.from({ length: 10 }, (_, j) => `hash(i * 16 + ${j}) % 2000 AS c${j}`).join(", ")} FROM made_areas`,
  );
}

/**
 * Areas that cover the country without gap or overlap, each about 59 points: edges are straight, so that no polygon is invalid.
 * @param {number} count
 */
function areaRings(count) {
  const voronoi = new Delaunay(middlesOf(count)).voronoi([...BOX]);
  return Array.from({ length: count }, (_, cell) => {
    const corners = voronoi.cellPolygon(cell) ?? [];
    const points = corners.slice(1).flatMap(([x = 0, y = 0], index) => {
      const [fromX = 0, fromY = 0] = corners[index] ?? [];
      return Array.from({ length: PIECES }, (__, piece) => [
        fromX + ((x - fromX) * piece) / PIECES,
        fromY + ((y - fromY) * piece) / PIECES,
      ]);
    });
    return Float64Array.from([...points, points[0] ?? []].flat());
  });
}

const PIECES = 10;

/** @param {Float64Array} ring */
function polygonOfRing(ring) {
  const view = new DataView(new ArrayBuffer(13 + 8 * ring.length));
  view.setUint8(0, 1);
  view.setUint32(1, 3, true);
  view.setUint32(5, 1, true);
  view.setUint32(9, ring.length / 2, true);
  ring.forEach((value, at) => {
    view.setFloat64(13 + 8 * at, value, true);
  });
  return new Uint8Array(view.buffer);
}

/**
 * Places scattered around the middles of areas chosen by lot: many where there are many areas.
 * @param {import("../../kernel/dist/engine/engine.js").Engine} engine
 * @param {string} name
 * @param {number} count
 * @param {number} areas
 * @param {number} spread - metres
 * @param {number} seed
 */
async function registerPlaces(engine, name, count, areas, spread, seed) {
  const { tableOfNumbers } = await import("../../kernel/dist/engine/arrow.js");
  const middles = middlesOf(areas);
  const random = randomNumbers(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const places = Array.from({ length: count }, () => {
    const area = Math.floor(random() * areas);
    return {
      // Farther east PROJ takes another way to the National Grid, which would tear shapes apart.
      x: Math.min(630_000, (middles[2 * area] ?? 0) + spread * normal()),
      y: (middles[2 * area + 1] ?? 0) + spread * normal(),
    };
  });
  const table = tableOfNumbers({
    i: Float64Array.from(places.keys()),
    x: Float64Array.from(places, ({ x }) => x),
    y: Float64Array.from(places, ({ y }) => y),
  });
  await engine.register(`${name}_raw`, table);
  await engine.run(`CREATE TEMP TABLE ${name} AS SELECT i::BIGINT AS i, x, y FROM ${name}_raw`);
}

const LAYERS = /** @type {const} */ ([
  ["area", "areas", "A"],
  ["point", "points", "P"],
  ["green", "green", "G"],
  ["road", "roads", "R"],
  ["centre", "centres", "A"],
]);

/** @param {import("../../kernel/dist/store/store.js").Store} store */
async function writeStore(store) {
  const { writeDataset } = await import("../../kernel/dist/store/write.js");
  for (const [type, table, letter] of LAYERS) {
    const label = `'${letter}' || lpad(i::VARCHAR, 7, '0')`;
    const values = (/** @type {string} */ name, /** @type {string} */ column) =>
      `SELECT 'city' AS subject_provider, '${type}' AS subject_type, ${label} AS subject_label, 'city' AS provider, '${name}' AS attribute,
       TIMESTAMP '2018-03-16' AS timestamp, ${column}::DOUBLE AS value FROM ${type === "area" ? "area_attributes" : `made_${table}`}`;
    const names =
      type === "area" ? Array.from({ length: 10 }, (_, j) => `c${j}`) : type === "point" ? ["value"] : [];
    await writeDataset(
      store,
      {
        version: 1,
        key: type,
        importer: "bench",
        importerVersion: 1,
        title: type,
        access: "public",
        licence: "",
        attribution: "Made up.",
        source: { address: "", digest: "", retrieved: "2018-03-16T00:00:00Z" },
        subjectTypes: [{ provider: "city", label: type, name: type, count: 0 }],
        attributes: names.map((name) => ({
          provider: "city",
          label: name,
          description: name,
          values: "timed",
        })),
        rows: { subjects: 0, fixedValues: 0, timedValues: 0 },
      },
      {
        subjects: `SELECT 'city' AS provider, '${type}' AS subject_type, ${label} AS label, ${label} AS name, shape, i AS position FROM made_${table}`,
        ...(names.length > 0 && {
          timed_values: names.map((name) => values(name, name)).join(" UNION ALL "),
        }),
      },
    );
  }
}

/**
 * @param {import("../../kernel/dist/engine/engine.js").Engine} engine
 * @param {string} folder
 */
async function writeFiles(engine, folder) {
  const shape =
    "ST_Transform(shape, 'OGC:CRS84', 'EPSG:27700', always_xy := true)::GEOMETRY::GEOMETRY('EPSG:27700') AS geometry";
  for (const [type, table, letter] of LAYERS) {
    const label = `'${letter}' || lpad(i::VARCHAR, 7, '0') AS code`;
    const value = type === "point" ? "value, " : "";
    await engine.run(
      `COPY (SELECT ${label}, ${value}${shape} FROM made_${table} ORDER BY i) TO '${join(folder, `${table}.parquet`)}' (FORMAT parquet)`,
    );
  }
  await engine.run(
    `COPY (SELECT 'A' || lpad(i::VARCHAR, 7, '0') AS code, * EXCLUDE (i) FROM area_attributes ORDER BY hash(i)) TO '${join(folder, "attributes.csv")}'`,
  );
  writeFileSync(join(folder, "index.yaml"), INDEX);
  writeFileSync(join(folder, "near.yaml"), NEAR);
}

const ATTRIBUTES = Array.from({ length: 10 }, (_, j) => `c${j}`);

/** Columns of the index with their weights. */
export const WEIGHTS = { c0: 0.1, c1: 0.1, c2: 0.1, c3: 0.1, c4: 0.1, points: 0.1, green: 0.3, road_m: 0.1 };

const INDEX = `subjects: city/area
fields:
  points: { count-within: city/point }
  value: { sum-within: city/point, field: city/value }
  green: { share-covered: city/green }
  road_m: { length-inside: city/road }
${ATTRIBUTES.map((name) => `  ${name}: { latest-value: city/${name} }`).join("\n")}
${Object.keys(WEIGHTS)
  .map((name) => `  p_${name}: { percentiles: ${name}, subjects: city/area, percentileCount: 100 }`)
  .join("\n")}
  index: { linear-combination: [${Object.keys(WEIGHTS)
    .map((name) => `p_${name}`)
    .join(", ")}], scalars: [${Object.values(WEIGHTS).join(", ")}] }
`;

const NEAR = `subjects: city/centre
fields:
  near_m: { distance-to: city/point, targetCRSCode: 27700, maxDistanceMetres: 100000 }
`;
