// @ts-check
// Files of one's own and an extract of OpenStreetMap into the store, beside geopandas doing the same in the same rounds: read, into
// longitude and latitude, repaired where invalid, along a Hilbert curve, as GeoParquet with boxes. Ours guesses the columns,
// checks labels and digests besides. TOMBOLO_BENCH_RECORDED: a folder of recorded downloads, all imported one after the other.
import { createWriteStream, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import proj4 from "proj4";
import { kernelNode, python, root } from "../scripts/lib/paths.js";
import { run } from "../scripts/lib/run.js";
import { setUp } from "../scripts/lib/setup.js";
import { areaRings, crowdedPlaces, NATIONAL_GRID, randomNumbers } from "./lib/areas.js";

const AREAS = 35_672;
const POINTS = 300_000;
const ROUNDS = Number(process.env.TOMBOLO_BENCH_ROUNDS ?? 3);
const MOST_MEGABYTES = 1024;
const MOST_RECORDED_SECONDS = 30;

const ROADS = [
  "motorway",
  "trunk",
  "primary",
  "secondary",
  "tertiary",
  "unclassified",
  "residential",
  "service",
];

/** @typedef {{ seconds: number, processor: number, megabytes: number, rows: number, reports?: number }} Answer */
/** @typedef {{ name: string, file: string, datasource?: string, tags?: Record<string, string[]>, peers: readonly string[] }} Contest */

await setUp({ requirements: ["requirements.txt", "requirements-test.txt"] });
const folder = mkdtempSync(join(tmpdir(), "tombolo-bench-"));
const inFolder = (/** @type {string} */ name) => join(folder, name);
const GEOPANDAS = ["import_geopandas.py"];
const BOTH = ["import_osmium.py", "import_geopandas.py"];

/** @type {readonly Contest[]} */
const contests = [
  { name: "35,672 polygons, EPSG:27700", file: inFolder("grid.geojson"), peers: GEOPANDAS },
  { name: "35,672 polygons, degrees", file: inFolder("degrees.geojson"), peers: GEOPANDAS },
  { name: "300,000 points, EPSG:27700", file: inFolder("points.csv"), peers: GEOPANDAS },
  {
    name: "roads of an OSM extract",
    file: inFolder("made.osm.pbf"),
    datasource: "OSMHighways",
    tags: { highway: ROADS },
    peers: BOTH,
  },
  {
    name: "land use of an OSM extract",
    file: inFolder("made.osm.pbf"),
    datasource: "OSMLanduse",
    tags: { landuse: ["*"] },
    peers: BOTH,
  },
];

/**
 * @param {string} path
 * @param {object} members - of the document besides its features
 * @param {(place: [number, number]) => [number, number]} move
 */
async function writeAreas(path, members, move) {
  const file = createWriteStream(path);
  file.write(`${JSON.stringify({ type: "FeatureCollection", ...members }).slice(0, -1)},"features":[`);
  areaRings(AREAS, 10).forEach((ring, index) => {
    const points = Array.from({ length: ring.length / 2 }, (_, point) =>
      move([ring[2 * point] ?? 0, ring[2 * point + 1] ?? 0]),
    );
    const feature = {
      type: "Feature",
      properties: { code: `E01${String(index).padStart(6, "0")}`, name: `Area ${index}` },
      geometry: { type: "Polygon", coordinates: [points] },
    };
    file.write(`${index > 0 ? "," : ""}${JSON.stringify(feature)}\n`);
  });
  file.end("]}");
  await new Promise((resolve) => file.on("finish", resolve));
}

function writePoints() {
  const random = randomNumbers(7);
  const places = crowdedPlaces(POINTS, random);
  const lines = Array.from(
    { length: POINTS },
    (_, index) =>
      `${index},${places[2 * index]?.toFixed(3)},${places[2 * index + 1]?.toFixed(3)},${(random() * 200).toFixed(4)}`,
  );
  writeFileSync(inFolder("points.csv"), `id,easting,northing,value\n${lines.join("\n")}\n`);
}

/** Files as publishers have them: metres with three decimals, or degrees with all of theirs. */
async function writeFiles() {
  const { forward } = proj4("WGS84", NATIONAL_GRID);
  const round = (/** @type {number} */ metres) => Math.round(metres * 1000) / 1000;
  const crs = { type: "name", properties: { name: "urn:ogc:def:crs:EPSG::27700" } };
  await writeAreas(inFolder("grid.geojson"), { crs }, (place) => {
    const [east, north] = forward(place);
    return [round(east), round(north)];
  });
  await writeAreas(inFolder("degrees.geojson"), {}, (place) => place);
  writePoints();
  await run(python, [join(root, "bench", "lib", "osm_extract.py"), inFolder("made.osm.pbf")]);
}

/** @param {string} program @param {readonly string[]} parameters @returns {Promise<Answer>} */
const once = async (program, parameters) =>
  JSON.parse((await run(program, parameters)).trim().split("\n").at(-1) ?? "");

const ours = (/** @type {string} */ script, /** @type {readonly string[]} */ parameters) =>
  once(kernelNode() ?? process.execPath, [join(root, "bench", "lib", script), ...parameters]);

/** @param {readonly Answer[]} answers @param {"seconds" | "processor" | "megabytes"} what */
const middle = (answers, what) =>
  answers.map((answer) => answer[what]).sort((a, b) => a - b)[answers.length >> 1] ?? Number.NaN;

/** @param {Contest} contest */
async function hold({ name, file, datasource, tags, peers }) {
  /** @type {Answer[]} */
  const own = [];
  /** @type {Map<string, Answer[]>} */
  const others = new Map(peers.map((peer) => [peer, []]));
  for (let round = 0; round < ROUNDS; round++) {
    own.push(await ours("import-once.js", datasource ? [file, datasource] : [file]));
    for (const [peer, answers] of others)
      answers.push(
        await once(python, [
          join(root, "bench", "peers", peer),
          file,
          ...(tags ? [JSON.stringify(tags)] : []),
        ]),
      );
  }
  const rows = own[0]?.rows;
  for (const [peer, [answer]] of others)
    if (answer?.rows !== rows) throw new Error(`${name}: ${rows} rows beside ${answer?.rows} of ${peer}`);
  const line = (/** @type {string} */ who, /** @type {readonly Answer[]} */ answers, verdict = "") =>
    `| ${name} | ${who} | ${middle(answers, "processor").toFixed(2)} | ${middle(answers, "seconds").toFixed(2)} | ${middle(answers, "megabytes").toFixed(0)} | ${verdict} |`;
  const verdicts = [...others].map(([peer, answers]) => {
    const word = (/** @type {"seconds" | "processor"} */ what) =>
      middle(own, what) <= middle(answers, what) ? "met" : "MISSED";
    return line(
      peer.replace(/^import_|\.py$/g, ""),
      answers,
      `no slower: processor ${word("processor")}, clock ${word("seconds")}`,
    );
  });
  const memory = middle(own, "megabytes") <= MOST_MEGABYTES ? "met" : "MISSED";
  const told = Math.min(...own.map(({ reports = 0 }) => reports));
  return [line("ours", own, `≤ 1 GB: ${memory}; ${told} reports of progress`), ...verdicts];
}

async function recorded() {
  const cache = process.env.TOMBOLO_BENCH_RECORDED;
  if (!cache)
    return ["", "TOMBOLO_BENCH_RECORDED names no folder of recorded downloads, so they are not timed."];
  const { rows, processor, seconds, megabytes } = await ours("import-recorded.js", [cache]);
  const verdict = processor <= MOST_RECORDED_SECONDS ? "met" : "MISSED";
  return [
    `| ${rows} recorded datasources | ours | ${processor.toFixed(2)} | ${seconds.toFixed(2)} | ${megabytes.toFixed(0)} | ≤ ${MOST_RECORDED_SECONDS} s: ${verdict} |`,
  ];
}

try {
  await writeFiles();
  const lines = ["| import | by | processor, s | clock, s | MB | bar |", "|---|---|---|---|---|---|"];
  for (const contest of contests) lines.push(...(await hold(contest)));
  lines.push(...(await recorded()));
  console.log(lines.join("\n"));
  mkdirSync(join(root, "bench", "output"), { recursive: true });
  writeFileSync(join(root, "bench", "output", "import.md"), `${lines.join("\n")}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
