import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, it, jest } from "@jest/globals";
import { importDatasource } from "../../kernel/src/importers/run.ts";
import { builtInModels } from "../../kernel/src/models/built-in.ts";
import { requireAccepted, shownDigest } from "../../kernel/src/pack/importers/accepted.ts";
import { asImporter } from "../../kernel/src/pack/importers/as-importer.ts";
import { parseDeclaration } from "../../kernel/src/pack/importers/declaration.ts";
import { checkHost, fetchText } from "../../kernel/src/pack/importers/fetch-text.ts";
import { readPack } from "../../kernel/src/pack/read-pack.ts";
import { SHIPPED_PACKS } from "../../kernel/src/pack/shipped.ts";
import { version } from "../../kernel/src/version.ts";
import { rowsOf, temporaryFolder, temporaryStore } from "../support/store.ts";

const folder = temporaryFolder();
afterAll(() => folder.remove());

const declaration = {
  title: "Clinics",
  provider: { label: "org.clinic", name: "Clinics" },
  licence: "CC0",
  attribution: "Clinics",
  access: "internal",
  unitOfRecord: "area",
  subjectType: { label: "clinic" },
  columns: { label: "id", x: "lon", y: "lat" },
  attributes: [{ label: "seen", column: "n", unit: "people", kind: "count" }],
};
const withCode = {
  ...declaration,
  code: "clinics.js",
  permissions: { hosts: ["data.example.org"], files: ["bound", "codes.txt"] },
};
const CODE = `async function read({ readText, fetchText }) {
  const [own, codes, more] = await Promise.all([readText("bound"), readText("codes.txt"), fetchText("https://data.example.org/more")]);
  return [own, more].join("\\n").split("\\n").map((line) => line.split("|")).map(([id, lon, lat, n]) => ({ id: codes.trim() + id, lon, lat, n }));
}`;

/** A shipped pack with importers of one's own. */
function packWith(files: Readonly<Record<string, string>>) {
  const place = join(folder.path, `pack-${Math.random().toString(36).slice(2)}`);
  cpSync(join(SHIPPED_PACKS, "green-space"), place, { recursive: true });
  mkdirSync(join(place, "importers"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(place, "importers", name), text);
  return readPack(place, { version, builtIn: builtInModels });
}
const files = { "clinics.json": JSON.stringify(withCode), "clinics.js": CODE, "codes.txt": "C-\n" };

it("an importer that is data brings the columns that it declares", async () => {
  const store = await temporaryStore();
  try {
    const pack = packWith({
      "clinics.json": JSON.stringify({ ...declaration, address: "https://data.example.org/clinics.csv" }),
    });
    const [own] = pack.importers;
    if (!own) throw new Error("no importer");
    const importer = asImporter(own, { folder: pack.folder });
    const path = join(folder.path, "clinics.csv");
    writeFileSync(path, "id,lon,lat,n\nA,1,51,12\nB,1.5,51.5,7\n");
    const [datasource] = importer.datasources;
    if (!datasource || typeof datasource.files === "function") throw new Error("no files");
    // The published file as a local one, so that nothing is fetched.
    const local = {
      ...importer,
      datasources: [{ ...datasource, files: datasource.files.map((file) => ({ ...file, path })) }],
    };
    await importDatasource(store, local);
    const found = await store.engine.query(
      "SELECT s.label, f.value, ST_X(s.shape) AS x FROM subjects s JOIN fixed_values f ON f.subject_label = s.label ORDER BY 1",
    );
    expect(rowsOf(found)).toEqual([
      { label: "A", value: "12", x: 1 },
      { label: "B", value: "7", x: 1.5 },
    ]);
  } finally {
    store.remove();
  }
});

it("an importer with code brings what it makes of the files that it declares", async () => {
  const store = await temporaryStore();
  try {
    const pack = packWith(files);
    const [own] = pack.importers;
    if (!own) throw new Error("no importer");
    const bound = join(folder.path, "clinics.dat");
    writeFileSync(bound, "A|1|51|12");
    const asked: unknown[] = [];
    const fetched = async (...call: Parameters<typeof fetchText>) => {
      asked.push(call.slice(0, 2));
      return "B|2|52|7";
    };
    const report = await importDatasource(
      store,
      asImporter(own, { folder: pack.folder, bound, fetch: fetched }),
    );
    expect(asked).toEqual([["https://data.example.org/more", ["data.example.org"]]]);
    expect(report.counts).toMatchObject({ subjects: 2, fixedValues: 2 });
    expect(store.catalogue().subjectTypes).toMatchObject([
      { provider: "org.clinic", label: "clinic", access: "internal" },
    ]);
  } finally {
    store.remove();
  }
});

it("code runs only when just this code was accepted", () => {
  const [first] = packWith(files).importers;
  const [changed] = packWith({ ...files, "clinics.js": `${CODE}\n` }).importers;
  const [other] = packWith({ ...files, "codes.txt": "D-\n" }).importers;
  if (!first || !changed || !other) throw new Error("no importer");
  const kept = join(folder.path, "store", "accepted.json");
  const may = "it may fetch from data.example.org and read bound, codes.txt";
  expect(() => requireAccepted("green-space", first, kept, [])).toThrow(may);
  expect(() => requireAccepted("green-space", first, kept, [])).toThrow(
    `%bind --accept ${shownDigest(first)}`,
  );
  requireAccepted("green-space", first, kept, [shownDigest(first)]);
  requireAccepted("green-space", first, kept, []);
  for (const importer of [changed, other])
    expect(() => requireAccepted("green-space", importer, kept, [])).toThrow(
      "has changed since it was accepted",
    );
  expect(() => requireAccepted("another", first, kept, [])).toThrow(may);
});

describe("a hostile importer", () => {
  it.each<[string, object, RegExp]>([
    [
      "asks for a child process",
      { permissions: { childProcess: true } },
      /asks for the permission "childProcess"/,
    ],
    ["asks for every host", { permissions: { hosts: ["*"] } }, /asks for the host "\*"/],
    ["asks for this machine", { permissions: { hosts: ["localhost"] } }, /asks for the host "localhost"/],
    ["asks for a number", { permissions: { hosts: ["169.254.169.254"] } }, /asks for the host "169/],
    ["asks for a file outside", { permissions: { files: ["../../.ssh/id_rsa"] } }, /asks for the file/],
    [
      "asks for a file anywhere",
      { permissions: { files: ["/etc/passwd"] } },
      /asks for the file "\/etc\/passwd"/,
    ],
    ["has its code outside", { code: "../run.js" }, /is no file beside it/],
    [
      "has its table in a file of yours",
      { code: undefined, permissions: undefined, address: "file:///etc/passwd" },
      /is none of a publisher/,
    ],
    ["is a script of SQL", { rows: "SELECT 1" }, /has no property "rows"/],
    ["has a path as coordinate system", { crs: "+proj=pipeline +step +grids=/etc/passwd" }, /is not known/],
  ])("that %s is refused in a sentence", (_what, change, message) => {
    const value = JSON.parse(JSON.stringify({ ...withCode, ...change }));
    expect(() => parseDeclaration(value, "clinics")).toThrow(message);
  });

  it("with code that nobody declares, or that is not there, is refused", () => {
    expect(() => packWith({ ...files, "more.js": "" })).toThrow(
      '"importers/more.js" is code that no importer',
    );
    expect(() => packWith({ "clinics.json": JSON.stringify(withCode) })).toThrow(
      'names "clinics.js", which is not there',
    );
  });

  it("cannot get SQL in by the name of a column", async () => {
    const store = await temporaryStore();
    try {
      const column = `n"; DROP TABLE subjects; --`;
      const [own] = packWith({
        ...files,
        "clinics.json": JSON.stringify({ ...withCode, columns: { label: column }, attributes: [] }),
        "clinics.js": `function read() { return [{ ${JSON.stringify(column)}: "A" }]; }`,
      }).importers;
      if (!own) throw new Error("no importer");
      const report = await importDatasource(
        store,
        asImporter(own, { folder: folder.path, bound: new URL(import.meta.url).pathname }),
      );
      expect(report.counts.subjects).toBe(1);
    } finally {
      store.remove();
    }
  });
});

describe("what code has fetched", () => {
  const hosts = ["data.example.org"];
  const real = globalThis.fetch;
  let answers: Response[] = [];
  beforeEach(() => {
    globalThis.fetch = jest.fn<typeof fetch>(() => Promise.resolve(answers.shift() ?? new Response("")));
  });
  afterEach(() => {
    globalThis.fetch = real;
  });

  it("comes from the declared hosts, also by way of others of them", async () => {
    answers = [new Response(null, { status: 302, headers: { location: "/new" } }), new Response("rows")];
    expect(await fetchText("https://data.example.org/a", hosts, undefined)).toBe("rows");
  });

  it("never comes from a host to which a declared one leads", async () => {
    answers = [new Response(null, { status: 302, headers: { location: "http://127.0.0.1:8888/api" } })];
    await expect(fetchText("https://data.example.org/a", hosts, undefined)).rejects.toThrow("at no host");
    expect(globalThis.fetch).toHaveBeenCalledTimes(1);
  });

  it.each([
    "http://data.example.org/",
    "https://data.example.org:8443/",
    "https://data.example.org.evil.org/",
    "https://data.example.org@evil.org/",
    "https://user@data.example.org/",
    "file:///etc/passwd",
    "data:text/plain,1",
  ])("is not %s", (address) => {
    expect(() => checkHost(address, hosts)).toThrow("at no host that the importer has declared");
  });
});
