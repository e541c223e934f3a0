// @ts-check
// Measures one thing in a process of its own and prints it as JSON, in milliseconds: node share-once.js release|third|protect|check|labels
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "../../scripts/lib/paths.js";
import { areaRings, randomNumbers, ringWkb } from "./areas.js";

const AREAS = 35_000;
const NOTEBOOKS = 100;

/** @param {string} path */
const ours = (path) => import(pathToFileURL(join(root, "kernel", "dist", path)).href);

const measures = { release, third, protect: () => release(true), check, labels };

const [, , what] = process.argv;
const folder = mkdtempSync(join(tmpdir(), "tombolo-bench-share-"));
try {
  if (!what || !isMeasured(what)) throw new Error(`nothing is called ${what}`);
  console.log(JSON.stringify(await measures[what]()));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/**
 * @param {string} name
 * @returns {name is keyof typeof measures}
 */
function isMeasured(name) {
  return Object.hasOwn(measures, name);
}

/** @param {() => unknown} work */
async function timed(work) {
  const [began, before] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(before);
  return { wall: performance.now() - began, cpu: (user + system) / 1000 };
}

/** A statement that makes areas with counts of people, as a result would have them. */
async function openAreas() {
  const { openDuckDB } = await ours("engine/duckdb.js");
  const engine = await openDuckDB();
  const rings = areaRings(AREAS, 10);
  const arrow = await import("apache-arrow");
  const { GEOMETRY_METADATA } = await ours("engine/arrow.js");
  const random = randomNumbers(8);
  const counts = () => Float64Array.from(rings, () => Math.floor(-60 * Math.log(1 - random())));
  const people = Float64Array.from(rings, () => 900 + Math.floor(1200 * random()));
  const ill = counts();
  const columns = {
    label: arrow.vectorFromArray(
      rings.map((_, index) => `E01${String(index).padStart(6, "0")}`),
      new arrow.Utf8(),
    ),
    name: arrow.vectorFromArray(
      rings.map((_, index) => `Area ${index}`),
      new arrow.Utf8(),
    ),
    people: arrow.makeVector(people),
    ill: arrow.makeVector(ill),
    injured: arrow.makeVector(counts()),
    ill_per_1000: arrow.makeVector(ill.map((count, row) => (1000 * count) / (people[row] ?? 1))),
    geometry: arrow.vectorFromArray(rings.map(ringWkb), new arrow.Binary()),
  };
  const kinds = /** @type {Record<string, string>} */ ({
    people: "count",
    ill: "count",
    injured: "count",
    ill_per_1000: "rate",
  });
  const { tableFromVectors } = await ours("engine/arrow.js");
  const fields = Object.entries(columns).map(
    ([name, { type }]) =>
      new arrow.Field(
        name,
        type,
        true,
        new Map([
          ...(name === "geometry" ? GEOMETRY_METADATA : []),
          ["tombolo.access", "sensitive"],
          ["tombolo.source", "Made up for a benchmark."],
          ...(kinds[name] === undefined ? [] : [["tombolo.kind", kinds[name]]]),
        ]),
      ),
  );
  return { engine, table: tableFromVectors(fields, Object.values(columns), AREAS) };
}

/** A table of areas with counts and a rate: protected, or protected and written with its map. */
async function release(protectOnly = false) {
  const { engine, table } = await openAreas();
  const { findPreset, protect } = await ours("release/release.js");
  const { releaseTable } = await ours("release/release-table.js");
  const options = { preset: findPreset("standard"), accept: true };
  const written = { name: "ill", reason: "bench", folder: join(folder, "releases") };
  const result = await timed(async () => {
    const answer = protectOnly
      ? { result: await protect(table, options) }
      : await releaseTable(engine, table, options, written);
    if (!answer.result.table) throw new Error("nothing was released");
  });
  engine.close();
  return result;
}

/** A table beside two earlier releases of the same source, of which each has some of its columns. */
async function third() {
  const { engine, table } = await openAreas();
  const { findPreset } = await ours("release/release.js");
  const { releaseTable } = await ours("release/release-table.js");
  /** @param {string} name @param {readonly string[]} columns */
  const releaseOf = async (name, columns) => {
    const answer = await releaseTable(
      engine,
      table.select([...columns]),
      { preset: findPreset("standard"), accept: true },
      { name, reason: "bench", folder: join(folder, "releases") },
    );
    if (!answer.result.table) throw new Error("nothing was released");
  };
  await releaseOf("ill", ["label", "name", "people", "ill", "geometry"]);
  await releaseOf("injured", ["label", "name", "people", "injured", "geometry"]);
  const result = await timed(() =>
    releaseOf(
      "both",
      table.schema.fields.map((/** @type {{ name: string }} */ { name }) => name),
    ),
  );
  engine.close();
  return result;
}

/** `tombolo check` on notebooks with a picture, tables and text, its modules loaded on the way. */
async function check() {
  const random = randomNumbers(9);
  const picture = Buffer.from(Array.from({ length: 90_000 }, () => Math.floor(256 * random()))).toString(
    "base64",
  );
  const files = Array.from({ length: NOTEBOOKS }, (_, number) => {
    const cells = Array.from({ length: 20 }, (_unused, cell) => ({
      cell_type: "code",
      source: cell === 0 ? "%import rents.csv" : "%table rents",
      metadata: {},
      outputs: [
        {
          output_type: "display_data",
          metadata: {},
          data: {
            "text/plain": Array.from({ length: 60 }, (_row, row) => `${row}  ${random()}  Area ${row}`).join(
              "\n",
            ),
            ...(cell % 7 === 0 && { "image/png": picture }),
            "application/vnd.tombolo.map.v1+json": { version: 1, access: "public", title: "Map" },
          },
        },
      ],
    }));
    const file = join(folder, `${number}.ipynb`);
    writeFileSync(file, JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells }));
    return file;
  });
  const print = console.log;
  /** @type {string[]} */
  const printed = [];
  console.log = (text) => printed.push(text);
  const result = await timed(async () => {
    const { checkCommand } = await ours("cli/check.js");
    await checkCommand.run({ words: files, options: {} });
  });
  console.log = print;
  if (printed.join() !== `${NOTEBOOKS} notebooks: nothing found.`) throw new Error(printed.join("\n"));
  return result;
}

/** How much of a recipe's time its labels take: what is done for them, done again beside the whole. */
async function labels() {
  const { openStore } = await ours("store/store.js");
  const { writeDataset } = await ours("store/write.js");
  const { runRecipe, resultOf } = await ours("recipe/run.js");
  const { parseRecipe } = await ours("recipe/parse.js");
  const { columnMetadata, withColumnMetadata } = await ours("engine/columns.js");
  const { unitsOfRecord } = await ours("lineage/units-of-record.js");
  const store = await openStore(join(folder, "store"));
  const { engine, table } = await openAreas();
  engine.close();
  await store.engine.register("areas", table);
  const attributes = ["people", "ill", "injured"];
  const manifest = {
    ...{
      version: 1,
      key: "areas",
      importer: "bench",
      importerVersion: 1,
      title: "Areas",
      access: "internal",
    },
    ...{ licence: "", attribution: "Made up.", rows: { subjects: 0, fixedValues: 0, timedValues: 0 } },
    source: { address: "bench", digest: "0", retrieved: "2026-01-01T00:00:00Z" },
    subjectTypes: [{ provider: "bench", label: "place", name: "Place", count: AREAS }],
    attributes: attributes.map((label) => ({
      provider: "bench",
      label,
      description: label,
      kind: "count",
      values: "fixed",
    })),
  };
  const values = attributes.map(
    (
      label,
    ) => `SELECT 'bench' AS subject_provider, 'place' AS subject_type, label AS subject_label, 'bench' AS provider,
      '${label}' AS attribute, ${label}::VARCHAR AS value FROM areas`,
  );
  await writeDataset(store, manifest, {
    subjects: `SELECT 'bench' AS provider, 'place' AS subject_type, label, name,
      ST_SetCRS(geometry, 'OGC:CRS84') AS shape, row_number() OVER () AS position FROM areas`,
    fixed_values: values.join(" UNION ALL "),
  });
  const recipe = parseRecipe(`subjects: place
fields:
  ill: { fixed-value: ill }
  injured: { fixed-value: injured }
  people: { fixed-value: people }
  share: { arithmetic: ill / people }
  area_km2: { area: km² }`);
  await runRecipe(store, recipe);
  let result = await runRecipe(store, recipe);
  const whole = await timed(async () => {
    result = await runRecipe(store, recipe);
  });
  const own = await timed(() => {
    withColumnMetadata(result, columnMetadata);
    unitsOfRecord(resultOf(result)?.plan, store.datasets());
  });
  store.close();
  return { whole: whole.cpu, own: own.cpu };
}
