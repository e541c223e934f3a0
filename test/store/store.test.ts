import { spawn } from "node:child_process";
import {
  chmodSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { UserError } from "../../kernel/src/errors.ts";
import { importDatasource } from "../../kernel/src/importers/run.ts";
import { compactStore } from "../../kernel/src/store/compact.ts";
import { maintainStore } from "../../kernel/src/store/maintain.ts";
import { parseManifest } from "../../kernel/src/store/manifest.ts";
import { toldOfStore } from "../../kernel/src/store/not-writable.ts";
import { openStore } from "../../kernel/src/store/store.ts";
import { temporaryFolder, valueIn } from "../support/store.ts";

const data = new URL("../data/", import.meta.url).pathname;
const importer = new URL("import.js", import.meta.url).pathname;

const folders: ReturnType<typeof temporaryFolder>[] = [];
afterAll(() => {
  for (const folder of folders) folder.remove();
});
const newFolder = () => {
  const folder = temporaryFolder();
  folders.push(folder);
  return folder.path;
};

/** Imports in a process of its own, which is killed after so many milliseconds. Resolves to whether it was killed. */
function importAndKill(store: string, datasource: string, milliseconds: number): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [importer, store, datasource], {
      stdio: ["ignore", "ignore", "inherit"],
      env: { ...process.env, NODE_OPTIONS: "" },
    });
    const timer = setTimeout(() => child.kill("SIGKILL"), milliseconds);
    child.on("close", (_code, signal) => {
      clearTimeout(timer);
      resolve(signal === "SIGKILL");
    });
  });
}

test("an import that is killed leaves the store as it was", async () => {
  const folder = newFolder();
  const store = await openStore(folder);
  await importDatasource(store, "london/boroughs");
  store.close();
  let killed = 0;
  // Twenty moments spread over the time that an import takes, the same in each run.
  const moments = Array.from({ length: 20 }, (_, attempt) => 150 + ((attempt * 7919) % 20) * 30);
  for (const moment of moments) {
    if (await importAndKill(folder, "london/underground", moment)) killed++;
    const warnings: string[] = [];
    const again = await openStore(folder, { onWarning: (sentence) => warnings.push(sentence) });
    expect(warnings).toEqual([]);
    expect(await valueIn(again, "SELECT count(*) FROM borough")).toBe(33);
    expect([0, 394]).toContain(
      await valueIn(again, "SELECT count(*) FROM subjects WHERE subject_type = 'underground-line'"),
    );
    expect(readdirSync(join(folder, "partial"))).toEqual([]);
    again.close();
    for (const name of readdirSync(join(folder, "imports"))) {
      if (name.includes("underground")) rmSync(join(folder, "imports", name), { recursive: true });
    }
  }
  expect(killed).toBeGreaterThan(3);
}, 60_000);

test("two processes import and read at once", async () => {
  const folder = newFolder();
  const store = await openStore(folder);
  const others = [
    importAndKill(folder, "london/boroughs", 60_000),
    importAndKill(folder, "london/underground", 60_000),
  ];
  await importDatasource(store, "squares.geojson", { folder: data });
  expect(await Promise.all(others)).toEqual([false, false]);
  expect(store.catalogue().subjectTypes.map(({ label }) => label)).not.toContain("nothing");
  await store.refresh();
  expect(
    store
      .catalogue()
      .subjectTypes.map(({ label }) => label)
      .sort(),
  ).toEqual(["borough", "squares", "underground-line"]);
  expect(await valueIn(store, "SELECT count(*) FROM subjects")).toBe(33 + 394 + 4);
  store.close();
}, 60_000);

test("last write wins, and a newer file replaces the older", async () => {
  const folder = newFolder();
  const own = newFolder();
  cpSync(join(data, "squares.geojson"), join(own, "squares.geojson"));
  const store = await openStore(folder);
  await importDatasource(store, "squares.geojson", { folder: own });
  const text = readFileSync(join(own, "squares.geojson"), "utf8");
  writeFileSync(join(own, "squares.geojson"), text.replace("North West", "Far North West"));
  expect(await importDatasource(store, "squares.geojson", { folder: own })).toMatchObject({ changed: true });
  expect(await valueIn(store, "SELECT name FROM squares WHERE label = 'S1'")).toBe("Far North West");
  expect(await valueIn(store, "SELECT count(*) FROM squares")).toBe(4);
  // The same subjects from another file: the later import wins, the others stay.
  const other = JSON.parse(text.replace("South East", "Deep South"));
  writeFileSync(join(own, "more.geojson"), JSON.stringify({ ...other, features: other.features.slice(3) }));
  await importDatasource(store, "more.geojson", { folder: own, as: "squares" });
  expect(await valueIn(store, "SELECT string_agg(name, ', ' ORDER BY label) FROM squares")).toBe(
    "Far North West, North East, South West, Deep South",
  );
  store.close();
});

test("what folders and files are called is no pattern and no data", async () => {
  const own = join(newFolder(), "name=folder", "label=7", "region[1]");
  mkdirSync(own, { recursive: true });
  // Beside each file one that its name would fit as a pattern.
  const square = JSON.parse(readFileSync(join(data, "squares.geojson"), "utf8"));
  const [right, wrong] = ["North West", "Wrong"].map((name) =>
    JSON.stringify(square).replaceAll("North West", name),
  );
  writeFileSync(join(own, "squares[1].geojson"), right ?? "");
  writeFileSync(join(own, "squares1.geojson"), wrong ?? "");
  writeFileSync(join(own, "places[1].csv"), "code,name,lon,lat\np1,Right,0.5,0.5\n");
  writeFileSync(join(own, "places1.csv"), "code,name,lon,lat\np1,Wrong,0.5,0.5\n");
  const store = await openStore(join(own, "store"));
  await importDatasource(store, "squares[1].geojson", { folder: own, as: "squares" });
  await importDatasource(store, "places[1].csv", { folder: own, as: "places", access: "public" });
  const parquet = (name: string) =>
    `COPY (SELECT 'p1' AS code, '${name}' AS name, 0.5 AS lon, 0.5 AS lat) TO`;
  await store.engine.run(`${parquet("Right")} '${join(own, "points[1].parquet")}' (FORMAT parquet)`);
  await store.engine.run(`${parquet("Wrong")} '${join(own, "points1.parquet")}' (FORMAT parquet)`);
  await importDatasource(store, "points[1].parquet", { folder: own, as: "points", access: "public" });
  expect(await valueIn(store, "SELECT string_agg(name, ', ' ORDER BY label) FROM squares")).toBe(
    "North West, North East, South West, South East",
  );
  expect(await valueIn(store, "SELECT name FROM places")).toBe("Right");
  expect(await valueIn(store, "SELECT name FROM points")).toBe("Right");
  expect(await valueIn(store, "SELECT count(DISTINCT label) FROM subjects")).toBe(5);
  await compactStore(store);
  expect(await valueIn(store, "SELECT name FROM places")).toBe("Right");
  store.close();
});

describe("a damaged dataset is left out with a warning", () => {
  test.each([
    [
      "a file cut short",
      (folder: string) => truncateSync(join(folder, "subjects.parquet"), 100),
      /subjects\.parquet is not as it was written\. Import it again\./,
    ],
    [
      "a file gone",
      (folder: string) => rmSync(join(folder, "subjects.parquet")),
      /subjects\.parquet is not as it was written/,
    ],
    [
      "a manifest cut short",
      (folder: string) => truncateSync(join(folder, "manifest.json"), 50),
      /its manifest cannot be read/,
    ],
    [
      "a manifest of another kind",
      (folder: string) => writeFileSync(join(folder, "manifest.json"), '{"version": 9}'),
      /version 9 is not known\. A newer Tombolo can read it\.$/,
    ],
    ["no manifest", (folder: string) => rmSync(join(folder, "manifest.json")), /its manifest cannot be read/],
  ])("%s", async (_, damage, message) => {
    const folder = newFolder();
    const store = await openStore(folder);
    await importDatasource(store, "london/boroughs");
    await importDatasource(store, "squares.geojson", { folder: data });
    store.close();
    const [name = ""] = readdirSync(join(folder, "imports"));
    damage(join(folder, "imports", name));
    const warnings: string[] = [];
    const again = await openStore(folder, { onWarning: (sentence) => warnings.push(sentence) });
    expect(warnings).toEqual([expect.stringMatching(message)]);
    expect(await valueIn(again, "SELECT count(*) FROM subjects")).toBe(4);
    again.close();
  });
});

test("what a dead process has left half-written is removed, what a living one writes stays", async () => {
  const folder = newFolder();
  mkdirSync(join(folder, "partial", "20180316T000000000Z-dead-00000000-999999999"), { recursive: true });
  mkdirSync(join(folder, "partial", `20180316T000000000Z-alive-00000000-${process.pid}`), {
    recursive: true,
  });
  (await openStore(folder)).close();
  expect(readdirSync(join(folder, "partial"))).toEqual([`20180316T000000000Z-alive-00000000-${process.pid}`]);
});

test("a manifest says where the data is from and who may see it", async () => {
  const folder = newFolder();
  const store = await openStore(folder);
  await importDatasource(store, "london/underground");
  const [dataset] = store.datasets();
  expect(dataset?.manifest).toMatchObject({
    access: "public",
    importer: "london/underground",
    licence: expect.stringContaining("ODbL"),
    rows: { subjects: 394, fixedValues: 394, timedValues: 0 },
    source: { digest: expect.stringMatching(/^[0-9a-f]{64}$/), retrieved: expect.stringMatching(/^20\d\d-/) },
  });
  expect(() =>
    parseManifest({ ...dataset?.manifest, files: [{ name: "../x.parquet", bytes: 1, digest: "" }] }),
  ).toThrow("is not a file of a dataset");
  store.close();
});

/** Does something as a user who may read the folder and not write into it. */
async function withoutPermission<Result>(folder: string, work: () => Promise<Result>): Promise<Result> {
  const isRoot = process.getuid?.() === 0;
  const entries = readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) =>
    join(folder, name),
  );
  for (const path of [folder, ...entries]) chmodSync(path, statSync(path).isDirectory() ? 0o555 : 0o444);
  if (isRoot) process.seteuid?.(65534);
  try {
    return await work();
  } finally {
    if (isRoot) process.seteuid?.(0);
    for (const path of [folder, ...entries]) if (statSync(path).isDirectory()) chmodSync(path, 0o755);
  }
}

test("a store that cannot be written can be read, and says so when it is to be written", async () => {
  // Jest keeps what it makes of a file in a folder of its own, which cannot be written then either.
  await import("../../kernel/src/store/clear.ts");
  const folder = newFolder();
  const own = await openStore(folder);
  await importDatasource(own, "london/boroughs");
  own.close();
  writeFileSync(join(folder, "readers", "999999999-1"), "");
  mkdirSync(join(folder, "partial", "left-999999999"));
  await withoutPermission(folder, async () => {
    const store = await openStore(folder);
    expect(await valueIn(store, "SELECT count(*) FROM borough")).toBe(33);
    const sentence = expect.objectContaining({
      name: "UserError",
      message: expect.stringMatching(/cannot be written: you lack the permission\. .*TOMBOLO_STORE/),
    });
    await expect(importDatasource(store, "squares.geojson", { folder: data })).rejects.toEqual(sentence);
    await expect(maintainStore(store, { clear: true })).rejects.toEqual(sentence);
    expect(await valueIn(store, "SELECT count(*) FROM borough")).toBe(33);
    store.close();
  });
});

test.each([
  ["by the system", Object.assign(new Error("write"), { code: "ENOSPC" })],
  ["by DuckDB", new Error('IO Error: Could not write file "x": No space left on device')],
  [
    "as damage of what was half-written",
    new UserError("x.csv cannot be read: it is damaged", {
      cause: Object.assign(new Error("write"), { code: "ENOSPC" }),
    }),
  ],
])("a full disk is told as that, when it is told %s", (_, error) => {
  expect(toldOfStore(error, "/somewhere/store")).toMatchObject({
    name: "UserError",
    message: expect.stringMatching(
      /^The store at \/somewhere\/store cannot be written: there is no room left on the disk\./,
    ),
  });
  const other = Object.assign(new Error("open"), { code: "EACCES", path: "/own/file.csv" });
  expect(toldOfStore(other, "/somewhere/store")).toBe(other);
});

test("a place that cannot be written is a sentence", async () => {
  const folder = newFolder();
  writeFileSync(join(folder, "file"), "");
  await expect(openStore(join(folder, "file"))).rejects.toThrow(
    expect.objectContaining({ name: "UserError", message: expect.stringContaining("Set TOMBOLO_STORE") }),
  );
});
