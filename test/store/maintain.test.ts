import { spawn } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { clearStore } from "../../kernel/src/store/clear.ts";
import { compactStore } from "../../kernel/src/store/compact.ts";
import { maintainStore } from "../../kernel/src/store/maintain.ts";
import { storeOverview } from "../../kernel/src/store/overview.ts";
import { openStore } from "../../kernel/src/store/store.ts";
import { fixedValues, subjects, timedValues, write } from "../support/datasets.ts";
import { temporaryStore, valueIn } from "../support/store.ts";

let store: Awaited<ReturnType<typeof temporaryStore>>;
beforeEach(async () => {
  store = await temporaryStore();
});
afterEach(() => store.remove());

const folders = () => readdirSync(join(store.folder, "imports"));

/** Values of p1 to p9 in four datasets, of which the later ones overwrite some and one has been replaced. */
async function fill() {
  for (const [position, key] of ["a", "b", "a", "secret"].entries()) {
    const labels = Array.from({ length: 5 }, (_, index) => `p${1 + index + position}`);
    await write(
      store,
      key,
      {
        subjects: subjects(labels.map((label) => [label, `${key}${position}`, position, 0])),
        fixed_values: fixedValues(labels.map((label) => [label, "colour", `${key}${position}`])),
        timed_values: timedValues(labels.map((label) => [label, "count", `201${position}-01-01`, position])),
      },
      {
        access: key === "secret" ? "sensitive" : "public",
        subjectTypes: [{ provider: "town", label: "place", name: "Places", count: 5 }],
      },
    );
  }
}

/** All that the store says, with the datasets it says it of. */
async function everything(of = store) {
  const all = [
    "SELECT label || name || ST_X(shape) || dataset AS x FROM subjects",
    "SELECT subject_label || value || dataset AS x FROM fixed_values",
    "SELECT subject_label || value || timestamp || dataset AS x FROM timed_values",
    "SELECT label || name || colour AS x FROM place",
    "SELECT dataset || access AS x FROM datasets",
  ];
  const texts: unknown[] = [];
  for (const sql of all) texts.push(await valueIn(of, `SELECT string_agg(x, ' ' ORDER BY x) FROM (${sql})`));
  return texts;
}

describe("compacting", () => {
  test("changes nothing of what the store says, removes what is replaced, keeps access labels apart", async () => {
    await fill();
    const before = await everything();
    expect(folders()).toHaveLength(4);
    expect(await compactStore(store)).toEqual({ merged: 2, removed: 3, readers: [] });
    expect(folders()).toHaveLength(2);
    expect(await everything()).toEqual(before);
    expect(await compactStore(store)).toEqual({ merged: 0, removed: 0, readers: [] });
    const again = await openStore(store.folder);
    expect(again.datasets().map(({ manifest }) => manifest.key)).toEqual(["b", "a", "secret"]);
    again.close();
  });

  test("a dataset of a pack can be replaced, and the pack compacted again", async () => {
    await fill();
    await compactStore(store);
    await write(store, "b", { subjects: subjects([["p9", "new", 5, 5]]) });
    expect(await valueIn(store, "SELECT count(*) FROM fixed_values WHERE value = 'b1'")).toBe(0);
    const before = await everything();
    expect((await compactStore(store)).removed).toBe(2);
    expect(await everything()).toEqual(before);
  });

  test("killed at any moment nothing is lost", async () => {
    await fill();
    const before = await everything();
    const copy = folders().map((name) => [
      name,
      readFileSync(join(store.folder, "imports", name, "manifest.json")),
    ]);
    expect(copy).toHaveLength(4);
    const script = `import { openStore } from ${JSON.stringify(new URL("../../kernel/dist/store/store.js", import.meta.url).href)};
      import { compactStore } from ${JSON.stringify(new URL("../../kernel/dist/store/compact.js", import.meta.url).href)};
      const store = await openStore(${JSON.stringify(store.folder)});
      process.stdout.write("open");
      await compactStore(store);
      store.close();`;
    for (const delay of [0, 10, 30, 60, 100, 200]) {
      const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
        env: { ...process.env, NODE_OPTIONS: "" },
        stdio: ["ignore", "pipe", "inherit"],
      });
      const closed = new Promise((resolve) => child.on("close", resolve));
      child.stdout.once("data", () => setTimeout(() => child.kill("SIGKILL"), delay));
      await closed;
      await store.refresh();
      expect(await everything()).toEqual(before);
    }
  }, 60_000);

  test("while another process reads the store its files stay", async () => {
    await fill();
    const other = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
    mkdirSync(join(store.folder, "readers"), { recursive: true });
    writeFileSync(join(store.folder, "readers", `${other.pid}-1`), "");
    const sentences = await maintainStore(store, { compact: true });
    expect(sentences?.join(" ")).toMatch(
      /0 folders removed.*3 folders stay for now: process \d+ reads the store/,
    );
    expect(folders()).toHaveLength(5);
    const closed = new Promise((resolve) => other.on("close", resolve));
    other.kill("SIGKILL");
    await closed;
    expect((await compactStore(store)).removed).toBe(3);
    expect(folders()).toHaveLength(2);
  });
});

test("verifying finds a file whose bytes have changed, which is then left out everywhere", async () => {
  await fill();
  expect(await maintainStore(store, { verify: true })).toEqual(["9 files are as written."]);
  const [, name = ""] = folders();
  const file = join(store.folder, "imports", name, "subjects.parquet");
  const bytes = readFileSync(file);
  bytes[200] = (bytes[200] ?? 0) ^ 255;
  writeFileSync(file, bytes);
  const sentences = await maintainStore(store, { verify: true });
  expect(sentences?.[1]).toMatch(/left out: subjects\.parquet is not as it was written\. Import it again\./);
  const warnings: string[] = [];
  const again = await openStore(store.folder, { onWarning: (sentence) => warnings.push(sentence) });
  expect(warnings).toEqual([sentences?.[1]]);
  expect(again.datasets()).toHaveLength(2);
  again.close();
});

test("clearing removes all", async () => {
  await fill();
  expect(await maintainStore(store, { clear: true })).toEqual(["3 datasets removed. Downloads are kept."]);
  expect(folders()).toEqual([]);
  expect(await valueIn(store, "SELECT count(*) FROM subjects")).toBe(0);
  await fill();
  expect(await valueIn(store, "SELECT count(*) FROM subjects")).toBe(7);
});

test("a store that another process clears while it is looked at is looked at again", async () => {
  const warnings: string[] = [];
  const other = await openStore(store.folder, { onWarning: (sentence) => warnings.push(sentence) });
  await fill();
  const run = other.engine.run.bind(other.engine);
  let isCleared = false;
  Object.assign(other.engine, {
    run: async (...of: Parameters<typeof run>) => {
      if (of[0].includes("CREATE") && !isCleared) {
        isCleared = true;
        await clearStore(store);
      }
      return run(...of);
    },
  });
  await other.refresh();
  expect(isCleared).toBe(true);
  expect(other.datasets()).toEqual([]);
  expect(await valueIn(other, "SELECT count(*) FROM subjects")).toBe(0);
  expect(warnings).toEqual([]);
  other.close();
});

test("the overview says what each dataset is", async () => {
  await fill();
  const [first] = storeOverview(store);
  expect(first).toMatchObject({
    title: "Made up: b",
    subjects: 5,
    values: 10,
    access: "public",
    source: "test:b",
    retrieved: "2018-03-16 00:00",
  });
});

test("two things at once are refused", async () => {
  await expect(maintainStore(store, { clear: true, verify: true })).rejects.toThrow("exclude each other");
});

test("hundreds of datasets are read as one", async () => {
  const rows = `SELECT 'town' AS subject_provider, 'place' AS subject_type, 'p' || i AS subject_label, 'town' AS provider,
    'count' AS attribute, TIMESTAMP '2011-01-01' AS timestamp, i AS value FROM range(50) AS row(i)`;
  const shifted = (day: number) =>
    `SELECT * REPLACE (timestamp + INTERVAL ${day} DAY AS timestamp) FROM (${rows})`;
  for (let day = 0; day < 120; day++) await write(store, `day ${day}`, { timed_values: shifted(day) });
  expect(await valueIn(store, "SELECT count(*) FROM timed_values")).toBe(6000);
  // Days do not overlap, so no newest row is looked for.
  const plan = String(
    await valueIn(store, "SELECT sql FROM duckdb_views() WHERE view_name = 'timed_values' AND temporary"),
  );
  expect(plan).not.toContain("row_number");
  expect((await compactStore(store)).removed).toBe(120);
  expect(await valueIn(store, "SELECT count(*) FROM timed_values")).toBe(6000);
}, 90_000);
