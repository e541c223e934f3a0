import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { boundaries, portalQuery } from "../../kernel/src/importers/boundaries/feature-service.ts";
import { downloadPages } from "../../kernel/src/importers/fetch/pages.ts";
import { defineImporter } from "../../kernel/src/importers/importer.ts";
import { importers } from "../../kernel/src/importers/index.ts";
import { importDatasource } from "../../kernel/src/importers/run.ts";
import type { Store } from "../../kernel/src/store/store.ts";
import { rowsOf, temporaryFolder, temporaryStore } from "../support/store.ts";

const folder = temporaryFolder();
const data = new URL("../data/sources/", import.meta.url).pathname;
let server: Server;
let address: string;
const asked: string[] = [];

/** A feature service with five squares that gives two at a time, whatever it is asked for. */
beforeAll(async () => {
  server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://localhost");
    asked.push(url.search);
    if (url.pathname === "/refused") return response.end('{"error":{"code":400,"message":"Invalid URL"}}');
    if (url.pathname === "/html") return response.end("<html></html>");
    if (url.pathname === "/other") return response.end('{"a":1}');
    const offset = Number(url.searchParams.get("resultOffset"));
    const squares = [0, 1, 2, 3, 4].slice(offset, offset + 2).map((number) => ({
      type: "Feature",
      properties: { WD24CD: `E0500000${number}`, WD24NM: `Ward ${number}` },
      geometry: {
        type: "Polygon",
        coordinates: [
          [
            [number, 51],
            [number + 1, 51],
            [number + 1, 52],
            [number, 52],
            [number, 51],
          ],
        ],
      },
    }));
    const hasMore = offset + 2 < 5;
    const limit =
      url.pathname === "/inside"
        ? { properties: { exceededTransferLimit: hasMore } }
        : { exceededTransferLimit: hasMore };
    return response.end(JSON.stringify({ type: "FeatureCollection", ...limit, features: squares }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  folder.remove();
});

describe("pages of a feature service", () => {
  test.each(["/plain", "/inside"])("become one document (%s)", async (path) => {
    const target = join(folder.path, "pages.json");
    asked.length = 0;
    await downloadPages(target, { address: `${address}${path}?where=1%3D1` }, {});
    const document: { features: { properties: { WD24NM: string } }[] } = JSON.parse(
      readFileSync(target, "utf8"),
    );
    expect(document.features.map(({ properties }) => properties.WD24NM)).toEqual([
      "Ward 0",
      "Ward 1",
      "Ward 2",
      "Ward 3",
      "Ward 4",
    ]);
    expect(asked.map((search) => new URLSearchParams(search).get("resultOffset"))).toEqual(["0", "2", "4"]);
  });

  test.each([
    [
      "/refused",
      "The server refused /refused: Invalid URL. The service may have another name today; tombolo doctor --sources tells.",
    ],
    ["/html", /answered with something that is not JSON/],
    ["/other", /gave no features\. The service may have changed/],
  ])("%s is told in a sentence", async (path, message) => {
    await expect(
      downloadPages(join(folder.path, "bad.json"), { address: `${address}${path}?x=1` }, {}),
    ).rejects.toThrow(message);
  });
});

describe("boundaries and lookups", () => {
  let store: Store & { remove(): void };
  beforeAll(async () => {
    store = await temporaryStore();
  });
  afterAll(() => store.remove());

  test("boundaries are read page by page", async () => {
    const wards = boundaries({
      id: "boundaries/test",
      title: "Wards",
      doc: "Wards.",
      type: "ward2024",
      typeName: "Ward",
      vintage: "2024",
      service: "Wards",
      code: "WD24CD",
      covers: [],
      expected: [5, 5],
    });
    const report = await importDatasource(
      store,
      defineImporter({ ...wards, source: { ...wards.source, address: `${address}/plain?where=1%3D1` } }),
    );
    expect(report).toMatchObject({ counts: { subjects: 5 }, warnings: [] });
    expect(
      rowsOf(
        await store.engine.query(
          "SELECT label, name, ST_Area(shape) AS area FROM ward2024 ORDER BY label LIMIT 1",
        ),
      ),
    ).toEqual([{ label: "E05000000", name: "Ward 0", area: 1 }]);
    expect(store.datasets()[0]?.manifest).toMatchObject({ importer: "boundaries/test", vintage: "2024" });
  });

  test("every service is asked for longitude and latitude, code and name", async () => {
    for (const id of Object.keys(importers).filter((each) => each.startsWith("boundaries/"))) {
      const importer = await importers[id]?.();
      const [source] = [importer?.datasources[0]?.files ?? []].flat();
      const asks = new URL(typeof source === "object" ? source.address : "").searchParams;
      expect(asks.get("outSR")).toBe("4326");
      expect(asks.get("outFields")).toMatch(/^(\w+\d\d)CD,\1NM$/);
    }
    expect(portalQuery("X", ["A"], false)).toMatch(
      /\/X\/FeatureServer\/0\/query\?where=1%3D1&outFields=A&returnGeometry=false&f=json$/,
    );
  });

  test.each([
    [
      "lookups/lsoa2021",
      "lookup-lsoa2021.json",
      "lsoa2021Lookup",
      "E01011229",
      { localAuthority: "E08000035", ward: "E05011418", msoaName: "Leeds 111" },
    ],
    [
      "lookups/lsoa-change",
      "lookup-lsoa-change.json",
      "lsoaChange",
      "E01011231>E01035003",
      { change: "M", lsoa2011: "E01011231", lsoa2021: "E01035003" },
    ],
  ] as const)("%s", async (id, sample, type, label, values) => {
    const importer = await importers[id]?.();
    if (!importer) throw new Error("no importer");
    const [datasource] = importer.datasources;
    if (!datasource) throw new Error("no datasource");
    const files = [{ address: sample, path: join(data, sample), format: "json" as const }];
    const { expect: _, ...small } = datasource;
    await importDatasource(store, { ...importer, datasources: [{ ...small, files }] });
    const names = Object.keys(values).map((name) => `"${name}"`);
    const rows = rowsOf(
      await store.engine.query(`SELECT ${names.join(", ")} FROM "${type}" WHERE label = '${label}'`),
    );
    expect(rows).toEqual([values]);
  });
});
