// @ts-check
// Files of one's own into the store, beside geopandas with pyogrio doing the same in the same run: read, into longitude and
// latitude, repaired where invalid, along a Hilbert curve, as GeoParquet with boxes. Ours guesses the columns besides.
import { createWriteStream, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { python, root } from "../scripts/lib/paths.js";
import { run } from "../scripts/lib/run.js";
import { setUp } from "../scripts/lib/setup.js";
import { areaRings, crowdedPlaces, randomNumbers } from "./lib/areas.js";

const AREAS = 35_672;
const POINTS = 300_000;
const ROUNDS = 3;

await setUp({ requirements: ["requirements.txt", "requirements-test.txt"] });
const folder = mkdtempSync(join(tmpdir(), "tombolo-bench-"));
const files = { areas: join(folder, "areas.geojson"), points: join(folder, "points.csv") };

async function writeAreas() {
  const file = createWriteStream(files.areas);
  file.write('{"type":"FeatureCollection","features":[');
  areaRings(AREAS, 10).forEach((ring, index) => {
    const points = Array.from({ length: ring.length / 2 }, (_, point) => [
      ring[2 * point],
      ring[2 * point + 1],
    ]);
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
  writeFileSync(files.points, `id,easting,northing,value\n${lines.join("\n")}\n`);
}

const PEER = `
import json, resource, sys, tempfile, time
import geopandas, pandas
path = sys.argv[1]
started = time.perf_counter()
if path.endswith(".csv"):
    table = pandas.read_csv(path)
    layer = geopandas.GeoDataFrame(table, geometry=geopandas.points_from_xy(table.easting, table.northing), crs=27700)
else:
    layer = geopandas.read_file(path, engine="pyogrio")
layer = layer.to_crs(4326)
invalid = ~layer.is_valid
layer.loc[invalid, "geometry"] = layer[invalid].make_valid()
layer = layer.iloc[layer.hilbert_distance().argsort().values]
with tempfile.NamedTemporaryFile(suffix=".parquet") as file:
    layer.to_parquet(file.name, write_covering_bbox=True)
seconds = time.perf_counter() - started
megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"seconds": seconds, "megabytes": megabytes, "rows": len(layer)}))
`;

/** @param {readonly { seconds: number, megabytes: number, rows: number }[]} runs */
const middle = (runs) => [...runs].sort((a, b) => a.seconds - b.seconds)[runs.length >> 1];

/** @param {string} program @param {readonly string[]} parameters */
const once = async (program, parameters) =>
  JSON.parse((await run(program, parameters)).trim().split("\n").at(-1) ?? "");

try {
  await writeAreas();
  writePoints();
  for (const [name, path] of Object.entries(files)) {
    const ours = [];
    const peers = [];
    for (let round = 0; round < ROUNDS; round++) {
      ours.push(await once(process.execPath, [join(root, "bench", "lib", "import-once.js"), path]));
      peers.push(await once(python, ["-c", PEER, path]));
    }
    const [own, peer] = [middle(ours), middle(peers)];
    if (own?.rows !== peer?.rows) throw new Error(`${name}: ${own?.rows} rows beside ${peer?.rows}`);
    const verdict = own && peer && own.seconds <= peer.seconds ? "met" : "MISSED";
    console.log(
      `import ${name.padEnd(8)} ${own?.seconds.toFixed(2)} s, ${own?.megabytes.toFixed(0)} MB; geopandas ${peer?.seconds.toFixed(2)} s, ${peer?.megabytes.toFixed(0)} MB; bar no slower: ${verdict}`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
