import { execFileSync } from "node:child_process";
import { appendFileSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { findEnvironment } from "../support/environment.ts";
import { temporaryFolder } from "../support/store.ts";

const ROADS = 10_000;
const OTHER_NODES = 50_000;
const COPIES = 300;
/** A node is a number, a longitude and a latitude. */
const MEGABYTES_OF_NODES = (OTHER_NODES * COPIES * 24) / 2 ** 20;
const ALLOWANCE = 60;

const root = new URL("../../", import.meta.url).pathname;
const folder = temporaryFolder();
afterAll(() => folder.remove());

function made(kind: "roads" | "nodes", count: number): Buffer {
  const environment = findEnvironment();
  if (!environment) throw new Error("There is no virtual environment with pyosmium.");
  const path = join(folder.path, `${kind}.osm.pbf`);
  execFileSync(environment.python, [join(root, "test/support/osm_reference.py"), kind, `${count}`, path]);
  return readFileSync(path);
}

/** Where the header of a file ends: it is a length in four bytes, a head that ends in the length of what follows it, and that. */
function endOfHeader(file: Buffer): number {
  const head = 4 + file.readUInt32BE(0);
  const [low = 0, high = 0] = [file[head - 2], file[head - 1]];
  const isLong = low >= 0x80;
  return head + (isLong ? (low & 0x7f) | (high << 7) : high);
}

function importPeak(path: string, store: string): { subjects: number; megabytes: number } {
  const script = new URL("import-peak.js", import.meta.url).pathname;
  const environment = { ...process.env, NODE_OPTIONS: "", TOMBOLO_IMPORT_MEMORY: `${ALLOWANCE}MB` };
  const parameters = [script, join(folder.path, store), path, "OSMHighways"];
  return JSON.parse(execFileSync(process.execPath, parameters, { encoding: "utf8", env: environment }));
}

test("an extract many times larger than the memory that an import may take is imported within it", () => {
  const roads = made("roads", ROADS);
  const nodes = made("nodes", OTHER_NODES);
  const [small, large] = [join(folder.path, "small.osm.pbf"), join(folder.path, "large.osm.pbf")];
  writeFileSync(small, roads);
  writeFileSync(large, roads.subarray(0, endOfHeader(roads)));
  // A file is a header and blocks one after the other, so that blocks may be repeated.
  const block = nodes.subarray(endOfHeader(nodes));
  for (let copy = 0; copy < COPIES; copy++) appendFileSync(large, block);
  appendFileSync(large, roads.subarray(endOfHeader(roads)));
  expect(MEGABYTES_OF_NODES).toBeGreaterThan(5 * ALLOWANCE);
  expect(statSync(large).size / 2 ** 20).toBeGreaterThan(ALLOWANCE);

  const ofSmall = importPeak(small, "small");
  const ofLarge = importPeak(large, "large");
  expect(ofSmall.subjects).toBe(ROADS);
  expect(ofLarge.subjects).toBe(ROADS);
  expect(ofLarge.megabytes - ofSmall.megabytes).toBeLessThan(ALLOWANCE);
}, 120_000);
