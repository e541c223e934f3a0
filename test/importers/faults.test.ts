import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { utils, write } from "@e965/xlsx";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { addressKey, cachePath } from "../../kernel/src/importers/fetch/cache.ts";
import { downloadTo } from "../../kernel/src/importers/fetch/download.ts";
import { type FetchSettings, fetchSource } from "../../kernel/src/importers/fetch/fetch.ts";
import { checkZip, unpackGzip, unpackZip } from "../../kernel/src/importers/formats/unpack.ts";
import { importDatasource } from "../../kernel/src/importers/run.ts";
import type { Store } from "../../kernel/src/store/store.ts";
import { temporaryFolder, temporaryStore } from "../support/store.ts";
import { zipOf } from "../support/zip.ts";
import { seed } from "./seeds.ts";

const patience = { attempts: 4, firstWait: 5, stall: 400 };
const content = Buffer.from(`{"type":"FeatureCollection","features":[${" ".repeat(50_000)}]}`);
const folder = temporaryFolder();

type Answer = (request: IncomingMessage, response: ServerResponse, times: number) => void;
const answers = new Map<string, Answer>();
const asked = new Map<string, IncomingMessage["headers"][]>();
let server: Server;
let host: string;
beforeAll(async () => {
  server = createServer((request, response) => {
    const path = request.url ?? "";
    const before = asked.get(path) ?? [];
    asked.set(path, [...before, request.headers]);
    const answer = answers.get(path);
    if (answer) answer(request, response, before.length);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  host = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
  folder.remove();
});

let files = 0;
/** Downloads what the server answers, and says what came of it. */
async function download(answer: Answer, work: Parameters<typeof downloadTo>[2] = {}) {
  const path = `/${++files}.json`;
  answers.set(path, answer);
  const target = join(folder.path, `download${files}`, "file.json");
  const result = await downloadTo(target, { address: host + path }, work, patience).then(
    () => "done",
    (error: unknown) => error,
  );
  return { result, asked: asked.get(path) ?? [], left: readdirSync(dirname(target)), path: host + path };
}

const whole = { "content-length": String(content.length), etag: '"one"', "accept-ranges": "bytes" };

describe("a connection that is cut at each tenth", () => {
  let resumed = 0;
  test.each([1, 2, 3, 4, 5, 6, 7, 8, 9])("%i tenths: is taken up where it broke off", async (tenths) => {
    const cut = Math.floor((content.length * tenths) / 10);
    const {
      result,
      asked: headers,
      left,
    } = await download((request, response, times) => {
      const start = Number(/bytes=(\d+)-/.exec(request.headers.range ?? "")?.[1] ?? 0);
      if (times === 0) {
        response.writeHead(200, whole);
        response.write(content.subarray(0, cut), () => setTimeout(() => response.destroy(), 100));
      } else {
        const range = `bytes ${start}-${content.length - 1}/${content.length}`;
        response.writeHead(206, {
          ...whole,
          "content-length": String(content.length - start),
          "content-range": range,
        });
        response.end(content.subarray(start));
      }
    });
    expect([result, left]).toEqual(["done", ["file.json"]]);
    expect(headers).toHaveLength(2);
    // What was on its way when the connection broke is lost, be it all.
    if (headers[1]?.range === undefined) return;
    resumed++;
    expect(headers[1]).toMatchObject({
      "if-range": '"one"',
      range: expect.stringMatching(/^bytes=[1-9]\d*-$/),
    });
  });

  test("what has arrived is not asked for again", () => {
    expect(resumed).toBeGreaterThan(0);
  });

  test.each([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])(
    "%i tenths, always: ends in one sentence and nothing is left",
    async (tenths) => {
      const cut = Math.floor((content.length * tenths) / 10);
      const {
        result,
        left,
        asked: headers,
        path,
      } = await download((_request, response) => {
        response.writeHead(200, { "content-length": String(content.length) });
        response.write(content.subarray(0, cut), () => setTimeout(() => response.destroy(), 5));
      });
      expect(result).toMatchObject({
        name: "UserError",
        message: expect.stringMatching(
          new RegExp(`^The download of ${path} broke off after \\d+ bytes\\. Try again later\\.$`),
        ),
      });
      expect([headers.length, left]).toEqual([4, []]);
    },
  );
});

describe("a server that misbehaves ends in one sentence", () => {
  const broken: readonly [string, Answer, RegExp, number][] = [
    [
      "redirects without end",
      (request, response) => response.writeHead(302, { location: request.url }).end(),
      /sends from one address to the next without end$/,
      1,
    ],
    ["404", (_request, response) => response.writeHead(404).end("no"), /answered 404 Not Found$/, 1],
    ["403", (_request, response) => response.writeHead(403).end("no"), /answered 403 Forbidden$/, 1],
    [
      "503 for ever",
      (_request, response) => response.writeHead(503).end(),
      /answered 503 Service Unavailable\. Try again later\.$/,
      4,
    ],
    [
      "a slow drip that stops",
      (_request, response) => response.writeHead(200, whole).write("{"),
      /has sent next to nothing for \d+ seconds\. Try again later\.$/,
      4,
    ],
    [
      "gzip that is none",
      (_request, response) =>
        response.writeHead(200, { "content-encoding": "gzip" }).end("plainly not compressed"),
      /sent something that is not compressed as it says$/,
      1,
    ],
    ["nobody there", (request) => request.socket.destroy(), /cannot be reached\. Try again later\.$/, 4],
  ];
  test.each(broken)("%s", async (_, answer, message, times) => {
    const { result, left, asked: headers } = await download(answer);
    expect(result).toMatchObject({ name: "UserError", message: expect.stringMatching(message) });
    // A redirect to itself is asked for again and again within one try.
    if (times > 1) expect(headers).toHaveLength(times);
    expect(left).toEqual([]);
  });
});

test("a server that is busy is asked again when it says", async () => {
  const started = performance.now();
  const { result, asked: headers } = await download((_request, response, times) => {
    if (times === 0) response.writeHead(429, { "retry-after": "1" }).end();
    else response.writeHead(200, whole).end(content);
  });
  expect([result, headers.length]).toEqual(["done", 2]);
  expect(performance.now() - started).toBeGreaterThan(990);
});

test("a redirect is followed, and compression on the way is undone", async () => {
  answers.set("/target", (_request, response) => {
    response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(content));
  });
  const { result } = await download((_request, response) =>
    response.writeHead(301, { location: "/target" }).end(),
  );
  expect(result).toBe("done");
});

test("a download can be stopped in the middle", async () => {
  const stop = new AbortController();
  const stages: number[] = [];
  const { result, left } = await download(
    (_request, response) => {
      response.writeHead(200, whole);
      response.write(content.subarray(0, 20_000));
    },
    {
      signal: stop.signal,
      onProgress: ({ done = 0, total }) => {
        stages.push(done);
        expect(total).toBe(content.length);
        stop.abort();
      },
    },
  );
  expect(result).toMatchObject({ name: "AbortError" });
  expect(left).toEqual([]);
  expect(stages.length).toBeGreaterThan(0);
});

describe("the cache", () => {
  const cache = join(folder.path, "cache");
  const settings: FetchSettings = {
    folder: cache,
    offline: false,
    refresh: false,
    patience: { ...patience, attempts: 1 },
  };
  let warnings: string[] = [];
  const fetchIt = (path: string, changes: Partial<FetchSettings> = {}) => {
    warnings = [];
    const work = { onWarning: (sentence: string) => warnings.push(sentence) };
    return fetchSource({ address: host + path, format: "json" }, "p", { ...settings, ...changes }, work);
  };

  test("names a file by the digest of its address, as the recorded folder does", () => {
    expect(addressKey("http://api.dft.gov.uk/v3/trafficcounts/export/region/London.csv")).toBe(
      "d16f455b-e573-3733-8613-dcab739c7a96",
    );
  });

  test("asks once; a refresh asks whether there is something newer, and keeps what it replaces", async () => {
    let version = 1;
    answers.set("/kept.json", (request, response) => {
      const etag = `"${version}"`;
      if (request.headers["if-none-match"] === etag) response.writeHead(304).end();
      else response.writeHead(200, { etag }).end(`{"version":${version}}`);
    });
    const first = await fetchIt("/kept.json");
    expect((await fetchIt("/kept.json")).digest).toBe(first.digest);
    expect(asked.get("/kept.json")).toHaveLength(1);
    expect((await fetchIt("/kept.json", { refresh: true })).digest).toBe(first.digest);
    expect(asked.get("/kept.json")).toHaveLength(2);
    version = 2;
    expect((await fetchIt("/kept.json", { refresh: true })).digest).not.toBe(first.digest);
    const names = readdirSync(join(cache, "p")).filter(
      (name) => name.endsWith(".json") && !name.includes("record"),
    );
    expect(names.some((name) => name.includes(first.digest.slice(0, 16)))).toBe(true);
  });

  test.each<[string, Answer, RegExp]>([
    [
      "the server is gone",
      (_request, response) => response.writeHead(500).end(),
      /answered 500.*The copy of \d{4}-\d\d-\d\d is used\.$/,
    ],
    [
      "a web page came instead",
      (_request, response) => response.end("<!DOCTYPE html><p>moved"),
      /is a web page, not JSON.*The copy of .* is used\.$/,
    ],
  ])("the last good copy is used when %s", async (what, worse, message) => {
    const path = `/${what.replaceAll(" ", "-")}.json`;
    answers.set(path, (_request, response) => response.end('{"good":true}'));
    const good = await fetchIt(path);
    answers.set(path, worse);
    expect((await fetchIt(path, { refresh: true })).digest).toBe(good.digest);
    expect(warnings).toEqual([expect.stringMatching(message)]);
  });

  test("offline, what is not there is told and nobody is asked", async () => {
    await expect(fetchIt("/never.json", { offline: true })).rejects.toThrow(
      /^never\.json is not in the cache, and nothing is fetched offline/,
    );
    expect(asked.has("/never.json")).toBe(false);
  });

  test("a damaged copy is no copy", async () => {
    const path = cachePath(cache, "p", `${host}/mended.json`, ".json");
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, "<html>an error page that was kept</html>");
    answers.set("/mended.json", (_request, response) => response.end('{"good":true}'));
    await fetchIt("/mended.json");
    expect(asked.get("/mended.json")).toHaveLength(1);
  });
});

describe("archives", () => {
  const put = (name: string, bytes: Buffer) => {
    const path = join(folder.path, name);
    writeFileSync(path, bytes);
    return { path, name };
  };

  test("take names of their own, whatever they ask for", async () => {
    const [entry] = await unpackZip(
      put("good.zip", zipOf({ "a/b.csv": Buffer.from("1") })),
      ["b.csv"],
      folder.path,
    );
    expect(entry?.entry).toBe("a/b.csv");
    expect(dirname(entry?.path ?? "")).toBe(folder.path);
  });

  const bomb = Buffer.from(gzipSync(Buffer.alloc(64e6)));
  test.each<[string, () => Promise<unknown>, RegExp]>([
    [
      "a path out of the folder",
      () => unpackZip(put("escape.zip", zipOf({ "../../b.csv": Buffer.from("1") })), ["b.csv"], folder.path),
      /^escape\.zip holds a file that would be written outside its folder/,
    ],
    [
      "an absolute path",
      () => unpackZip(put("root.zip", zipOf({ "/etc/b.csv": Buffer.from("1") })), ["b.csv"], folder.path),
      /^root\.zip holds a file that would be written outside its folder/,
    ],
    [
      "a missing entry",
      () => unpackZip(put("other.zip", zipOf({ "a.csv": Buffer.from("1") })), ["b.csv"], folder.path),
      /^other\.zip does not hold b\.csv, so nothing was imported\. It holds a\.csv\.$/,
    ],
    [
      "no archive at all",
      () => checkZip(put("none.zip", Buffer.from("PK but no more"))),
      /^none\.zip cannot be unpacked: it is damaged or cut short$/,
    ],
    [
      "a bomb",
      () => unpackGzip(put("bomb.gz", bomb), folder.path),
      /^bomb\.gz unpacks to far more than an honest archive would, so it was not read$/,
    ],
    [
      "too many entries",
      () =>
        checkZip(put("many.zip", zipOf({ a: Buffer.from("1"), b: Buffer.from("2") })), undefined, {
          bytes: 10,
          ratio: 10,
          entries: 1,
        }),
      /^many\.zip unpacks to far more/,
    ],
  ])("with %s are refused", async (_, work, message) => {
    await expect(work()).rejects.toThrow(message);
  });
});

describe("files that are not what they should be leave the store as it was", () => {
  let store: Store & { remove(): void };
  beforeAll(async () => {
    store = await temporaryStore();
    await seed(store, ["E01000001", "E09000002"]);
  });
  afterAll(() => store.remove());

  const JSA =
    "http://www.nomisweb.co.uk/api/v01/dataset/NM_18_1.csv?geography=TYPE463&date=latestMINUS1-latest&sex=7&age=0&duration=0&measures=20100&select=date_name,geography_name,geography_code,measures_name,duration_name,sex_name,obs_value,obs_status_name";
  const HEAD =
    "DATE_NAME,GEOGRAPHY_NAME,GEOGRAPHY_CODE,MEASURES_NAME,DURATION_NAME,SEX_NAME,OBS_VALUE,OBS_STATUS_NAME";
  const LINE = "Jan-18,Barking and Dagenham,E09000002,Persons,Total,Total,2355,Normal";
  const ATTAINMENT =
    "https://www.gov.uk/government/uploads/system/uploads/attachment_data/file/652293/SFR57_2017_LA__tables.xlsx";

  function sheet(rows: readonly (readonly (string | number | null)[])[]): Buffer {
    const made = utils.book_new();
    for (const name of ["a", "b", "c", "d"]) utils.book_append_sheet(made, utils.aoa_to_sheet([["x"]]), name);
    utils.book_append_sheet(made, utils.aoa_to_sheet(rows.map((row) => [...row])), "Table LA2");
    return write(made, { type: "buffer", bookType: "xlsx" });
  }
  const good = sheet([
    [],
    [],
    [],
    [],
    [],
    [null, null, null, "2014/155"],
    [],
    ["E09000002", null, null, 48.1],
  ]);

  const cases: readonly [string, string, string, string, string, string | Buffer, RegExp][] = [
    [
      "HTML for CSV",
      "ons.ONSEmploymentImporter",
      "JSAclaimantsCount",
      JSA,
      ".csv",
      "<!doctype html><html></html>",
      /is a web page, not CSV/,
    ],
    ["an empty file", "ons.ONSEmploymentImporter", "JSAclaimantsCount", JSA, ".csv", "", /is empty$/],
    [
      "a missing column",
      "ons.ONSEmploymentImporter",
      "JSAclaimantsCount",
      JSA,
      ".csv",
      `${HEAD.replace("OBS_VALUE,", "")}\n`,
      /has "OBS_STATUS_NAME" in column 7 where "OBS_VALUE" is expected, so nothing was imported\. The publisher has changed the layout/,
    ],
    [
      "a changed heading",
      "ons.ONSEmploymentImporter",
      "JSAclaimantsCount",
      JSA,
      ".csv",
      `${HEAD.replace("GEOGRAPHY_CODE", "AREA")}\n${LINE}`,
      /has "AREA" in column 3 where "GEOGRAPHY_CODE" is expected/,
    ],
    [
      "binary for CSV",
      "ons.ONSEmploymentImporter",
      "JSAclaimantsCount",
      JSA,
      ".csv",
      Buffer.from([1, 0, 2, 0, 3]),
      /is not CSV: it is something else$/,
    ],
    [
      "HTML for a spreadsheet",
      "ons.ONSAverageAttainmentImporter",
      "ONSAverageAttainment",
      ATTAINMENT,
      ".xlsx",
      "<html>moved</html>",
      /SFR57_2017_LA__tables\.xlsx is a web page, not an XLSX spreadsheet/,
    ],
    [
      "a spreadsheet cut short",
      "ons.ONSAverageAttainmentImporter",
      "ONSAverageAttainment",
      ATTAINMENT,
      ".xlsx",
      good.subarray(0, good.length - 400),
      /is not an XLSX spreadsheet: it is cut short$/,
    ],
    [
      "a spreadsheet damaged inside",
      "ons.ONSAverageAttainmentImporter",
      "ONSAverageAttainment",
      ATTAINMENT,
      ".xlsx",
      Buffer.concat([good.subarray(0, 60), Buffer.alloc(200, 7), good.subarray(260)]),
      /cannot be (unpacked|read): it is damaged/,
    ],
    [
      "too few sheets",
      "ons.ONSAverageAttainmentImporter",
      "ONSAverageAttainment",
      ATTAINMENT,
      ".xlsx",
      write(
        { SheetNames: ["a"], Sheets: { a: utils.aoa_to_sheet([["x"]]) } },
        { type: "buffer", bookType: "xlsx" },
      ),
      /has no sheet number 5, so nothing was imported\. Its sheets are "a"\.$/,
    ],
    [
      "a changed layout",
      "ons.ONSAverageAttainmentImporter",
      "ONSAverageAttainment",
      ATTAINMENT,
      ".xlsx",
      sheet([["E09000002", null, null, 48.1]]),
      /has nothing for "average_attainment", so nothing was imported\. The publisher has changed the layout/,
    ],
    [
      "JSON cut short",
      "nhschoices.HealthOrganisationImporter",
      "hospital",
      "https://data.gov.uk/data/api/service/health/sql?query=SELECT%20*%20FROM%20hospitals%3B",
      ".json",
      '{"success":true,"result":[{"organisation_id":"1"',
      /cannot be read: it is damaged or cut short$/,
    ],
    [
      "JSON of another shape",
      "nhschoices.HealthOrganisationImporter",
      "hospital",
      "https://data.gov.uk/data/api/service/health/sql?query=SELECT%20*%20FROM%20hospitals%3B",
      ".json",
      '{"success":false}',
      /^Hospital has 0 rows where at least 1 are expected, so nothing was imported$/,
    ],
  ];
  const prefixes: Readonly<Record<string, string>> = { ons: "uk.gov.ons", nhschoices: "uk.nhs" };

  async function importFile(
    importer: string,
    datasourceId: string,
    address: string,
    suffix: string,
    bytes: string | Buffer,
  ) {
    const cache = temporaryFolder();
    const path = cachePath(cache.path, prefixes[importer.split(".")[0] ?? ""] ?? "", address, suffix);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
    const request = { importerClass: `uk.org.tombolo.importer.${importer}`, datasourceId };
    try {
      return await importDatasource(store, request, { cache: cache.path, offline: true, areas: false });
    } finally {
      cache.remove();
    }
  }

  test.each(cases)("%s", async (_what, importer, id, address, suffix, bytes, message) => {
    const before = readdirSync(store.folder, { recursive: true }).sort();
    const failure = await importFile(importer, id, address, suffix, bytes).catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: "UserError", message: expect.stringMatching(message) });
    expect(readdirSync(store.folder, { recursive: true }).sort()).toEqual(before);
  });

  test.each([
    ["Windows-1252", Buffer.from(`${HEAD}\n${LINE.replace("Barking", "B\xe4rking \xa3")}`, "latin1")],
    ["UTF-16", Buffer.from(`\uFEFF${HEAD}\n${LINE}`, "utf16le")],
    ["UTF-8 with a mark", Buffer.from(`\uFEFF${HEAD}\r\n${LINE}\r\n`)],
    [
      "blank lines, blank cells and a repeat",
      Buffer.from(`${HEAD}\n\n${LINE.replace("2355", "1")}\n,,,,,,,\n${LINE}\n${LINE.replace("2355", "")}`),
    ],
  ])("%s is read", async (_, bytes) => {
    await importFile("ons.ONSEmploymentImporter", "JSAclaimantsCount", JSA, ".csv", bytes);
    const rows = await store.engine.query(
      "SELECT value FROM timed_values WHERE attribute = 'JSAclaimantsCount'",
    );
    expect([...(rows.getChild("value") ?? [])]).toEqual([2355]);
  });
});
