import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { documentImporter } from "../../kernel/src/importers/document.ts";
import { loadImporter } from "../../kernel/src/importers/find.ts";
import { importers } from "../../kernel/src/importers/index.ts";
import { importDatasource } from "../../kernel/src/importers/run.ts";
import type { Store } from "../../kernel/src/store/store.ts";
import { rowsOf, temporaryFolder, temporaryStore, valueIn } from "../support/store.ts";

const data = new URL("../data/", import.meta.url).pathname;
const patience = { attempts: 2, firstWait: 10, stall: 2000 };
let store: Store & { remove(): void };
beforeAll(async () => {
  store = await temporaryStore();
});
afterAll(() => store.remove());

/** Every file of a folder with a digest of its content. */
function contents(folder: string): Record<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) =>
    statSync(join(folder, path)).isFile(),
  );
  return Object.fromEntries(
    paths.sort().map((path) => [
      path,
      createHash("sha256")
        .update(readFileSync(join(folder, path)))
        .digest("hex"),
    ]),
  );
}

/** What a person counted, or another program computed, for each importer. */
const known = [
  {
    id: "london/boroughs",
    type: "borough",
    subjects: 33,
    fixedValues: 0,
    squareKilometres: 1573.565,
    repaired: 1,
  },
  {
    id: "london/underground",
    type: "underground-line",
    subjects: 394,
    fixedValues: 394,
    squareKilometres: undefined,
    repaired: 0,
  },
];

describe("every importer whose file a package carries", () => {
  test("is in the table of this test", async () => {
    const carried: string[] = [];
    for (const id of Object.keys(importers)) {
      const { datasources } = await loadImporter(id);
      const files = datasources.flatMap((each) => (typeof each.files === "function" ? [] : each.files));
      if (files.some((file) => file.package)) carried.push(id);
    }
    expect(known.map(({ id }) => id)).toEqual(carried);
  });

  test.each(known)(
    "$id is whole and loads",
    async ({ id, type, subjects, fixedValues, squareKilometres, repaired }) => {
      const importer = await loadImporter(id);
      expect(importer.id).toBe(id);
      expect(documentImporter(importer)).toContain(importer.attribution);
      for (const { attributes } of importer.datasources)
        expect(new Set(attributes.map(({ label }) => label)).size).toBe(attributes.length);
      const report = await importDatasource(store, id);
      expect(report).toMatchObject({
        changed: true,
        access: "public",
        counts: { subjects, fixedValues, timedValues: 0 },
      });
      expect(report.warnings).toHaveLength(repaired);
      expect(await valueIn(store, `SELECT count(*) FROM subjects WHERE subject_type = '${type}'`)).toBe(
        subjects,
      );
      if (squareKilometres === undefined) return;
      const area = await valueIn(
        store,
        `SELECT sum(ST_Area(ST_Transform(shape, 'EPSG:4326', 'EPSG:27700', always_xy := true))) / 1e6 FROM subjects WHERE subject_type = '${type}'`,
      );
      expect(area).toBeCloseTo(squareKilometres, 2);
    },
  );

  test.each(known)("$id imported again changes nothing", async ({ id }) => {
    const before = contents(store.folder);
    expect(await importDatasource(store, id)).toMatchObject({ changed: false });
    expect(contents(store.folder)).toEqual(before);
  });
});

test("SQL sees a subject type by its label, with its fixed attributes", async () => {
  const lines = rowsOf(
    await store.engine.query(
      "SELECT line, count(*)::INTEGER AS n FROM underground_line GROUP BY line ORDER BY n DESC LIMIT 2",
    ),
  );
  expect(lines).toEqual([
    { line: "Piccadilly", n: 66 },
    { line: "District", n: 55 },
  ]);
});

describe("a file of one's own", () => {
  test("is internal, and its columns become label, name and attributes", async () => {
    const report = await importDatasource(store, "squares.geojson", { folder: data });
    expect(report).toMatchObject({
      access: "internal",
      subjectType: "squares",
      counts: { subjects: 4, fixedValues: 3 },
    });
    expect(rowsOf(await store.engine.query("SELECT label, name, people FROM squares"))).toEqual([
      { label: "S1", name: "North West", people: 10 },
      { label: "S2", name: "North East", people: 20 },
      { label: "S3", name: "South West", people: null },
      { label: "S4", name: "South East", people: 40 },
    ]);
  });

  test("takes another access label, subject type and columns", async () => {
    const options = { folder: data, access: "public", as: "plot", label: "name" } as const;
    expect(await importDatasource(store, "squares.geojson", options)).toMatchObject({
      access: "public",
      subjectType: "plot",
    });
    expect(await valueIn(store, "SELECT count(*) FROM plot WHERE label = 'North West'")).toBe(1);
  });

  test("has its invalid shapes repaired, with a warning", async () => {
    const report = await importDatasource(store, "bow-tie.geojson", { folder: data });
    expect(report.warnings).toEqual(["1 of 2 shapes were invalid and have been repaired."]);
    expect(await valueIn(store, "SELECT bool_and(ST_IsValid(shape)) FROM bow_tie")).toBe(true);
  });
});

describe("bad input is told in a sentence and leaves the store as it was", () => {
  const folder = temporaryFolder();
  afterAll(() => folder.remove());
  const squares = readFileSync(join(data, "squares.geojson"), "utf8");

  test.each([
    [
      "no-such.geojson",
      undefined,
      /^There is no file .*no-such\.geojson\. The path starts at the notebook's folder\.$/,
    ],
    [
      "london/undergrond",
      undefined,
      'There is no datasource "london/undergrond". Did you mean "london/underground"?',
    ],
    [
      "page.geojson",
      "<!DOCTYPE html><html></html>",
      "page.geojson is a web page, not GeoJSON or TopoJSON. Check the address it came from.",
    ],
    ["empty.json", "", "empty.json is empty"],
    ["table.json", "a,b\n1,2\n", "table.json is not JSON: it does not begin with { or ["],
    [
      "other.json",
      '{"a": 1}',
      "other.json is JSON, but holds no list of records and no shapes. Known are GeoJSON, TopoJSON, SDMX-JSON and lists of objects.",
    ],
    ["cut.geojson", squares.slice(0, 900), "cut.geojson cannot be read: it is damaged or cut short"],
    [
      "none.geojson",
      '{"type":"FeatureCollection","features":[]}',
      /none\.geojson (has 0 rows|cannot be read)/,
    ],
    ["folder.json", "/", /folder\.json is a folder, not a file$/],
    [
      "twins.geojson",
      squares.replaceAll(/"S\d"/g, '"S1"'),
      /twins\.geojson has 3 rows whose label is missing or not unique, so nothing was imported\. Choose another column with --label\.$/,
    ],
  ])("%s", async (name, content, message) => {
    if (content === "/") mkdirSync(join(folder.path, name));
    else if (content !== undefined) writeFileSync(join(folder.path, name), content);
    const before = contents(store.folder);
    const failure = await importDatasource(store, name, { folder: folder.path }).then(
      String,
      (error: unknown) => error,
    );
    expect(failure).toMatchObject({
      name: "UserError",
      message: typeof message === "string" ? message : expect.stringMatching(message),
    });
    expect(contents(store.folder)).toEqual(before);
  });

  test("a column that is not there", async () => {
    await expect(importDatasource(store, "squares.geojson", { folder: data, label: "cod" })).rejects.toThrow(
      'squares.geojson has no column "cod". Did you mean "code"?',
    );
  });
});

describe("an address", () => {
  let server: Server;
  let address: string;
  let requests = 0;
  beforeAll(async () => {
    server = createServer((request, response) => {
      requests++;
      if (request.url === "/squares.geojson") response.end(readFileSync(join(data, "squares.geojson")));
      else if (request.url === "/cut.geojson") {
        response.writeHead(200, { "content-length": "5000" });
        response.write("{");
        setTimeout(() => response.destroy(), 20);
      } else response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.close();
  });

  test("is downloaded once, with progress", async () => {
    const stages: string[] = [];
    const options = { as: "far", onProgress: ({ stage }: { stage: string }) => stages.push(stage) };
    expect(await importDatasource(store, `${address}/squares.geojson`, options)).toMatchObject({
      changed: true,
    });
    expect(await importDatasource(store, `${address}/squares.geojson`, options)).toMatchObject({
      changed: false,
    });
    expect(requests).toBe(1);
    expect(stages).toContain("Downloading squares.geojson");
  });

  test.each([
    ["/cut.geojson", /broke off after [01] bytes/],
    [
      "/gone.geojson",
      /answered 404 Not Found\. A copy that you fetch by other means is read when it is named with --local or kept as /,
    ],
  ])("%s", async (path, message) => {
    await expect(importDatasource(store, address + path, { patience })).rejects.toThrow(message);
    expect(
      readdirSync(join(store.folder, "cache"), { recursive: true }).filter((name) =>
        String(name).includes("partial"),
      ),
    ).toEqual([]);
  });
});
