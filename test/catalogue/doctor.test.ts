import { existsSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { sourceAddresses, wantedSources } from "../../kernel/src/catalogue/addresses.ts";
import { checkSources, type SourceState } from "../../kernel/src/catalogue/check-sources.ts";
import { lastChecked, readChecked, writeChecked } from "../../kernel/src/catalogue/checked.ts";
import { describeSources } from "../../kernel/src/catalogue/describe-sources.ts";
import { examine } from "../../kernel/src/catalogue/examine.ts";
import { listDatasources } from "../../kernel/src/catalogue/listing.ts";
import { doctorCommand } from "../../kernel/src/cli/doctor.ts";
import { temporaryFolder } from "../support/store.ts";

let server: Server;
let other: Server;
let address: string;
const asked: {
  method: string | undefined;
  url: string | undefined;
  range: string | undefined;
  at: number;
}[] = [];

const portOf = (listening: Server) => (listening.address() as AddressInfo).port;
const listen = (listening: Server) =>
  new Promise<void>((resolve) => listening.listen(0, "127.0.0.1", resolve));

beforeAll(async () => {
  other = createServer((_request, response) => response.writeHead(200, { "content-type": "text/csv" }).end());
  await listen(other);
  const csv = { "content-type": "text/csv; charset=utf-8", "content-length": "1234" };
  const answers: Record<string, [number, Record<string, string>]> = {
    "/fine.csv": [200, csv],
    "/headless.zip": [206, { "content-range": "bytes 0-0/98765", "content-type": "application/zip" }],
    "/page.xlsx": [200, { "content-type": "text/html" }],
    "/step.csv": [302, { location: "/fine.csv" }],
    "/moved.csv": [301, { location: `http://localhost:${portOf(other)}/new.csv` }],
    "/loop.csv": [302, { location: "/loop.csv" }],
    "/secret.csv": [403, {}],
    "/broken.csv": [503, {}],
  };
  server = createServer((request, response) => {
    const { method, url = "" } = request;
    asked.push({ method, url, range: request.headers.range, at: Date.now() });
    if (url === "/slow.csv") return;
    const [status, headers] = answers[url] ?? [404, {}];
    response.writeHead(url === "/headless.zip" && method === "HEAD" ? 405 : status, headers).end();
  });
  await listen(server);
  address = `http://127.0.0.1:${portOf(server)}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
  other.close();
});

const source = (path: string) => ({
  address: `${address}${path}`,
  suffix: path.slice(path.lastIndexOf(".")),
  words: [path],
});

test.each([
  ["/fine.csv", "as expected", "text/csv", 1234],
  ["/headless.zip", "as expected", "application/zip", 98765],
  ["/step.csv", "as expected", "text/csv", 1234],
  ["/page.xlsx", "a web page", /page\.xlsx$/, undefined],
  ["/moved.csv", "moved", /\/new\.csv$/, undefined],
  ["/gone.csv", "gone", "status 404", undefined],
  ["/secret.csv", "refused", "status 403", undefined],
  ["/broken.csv", "server error", "status 503", undefined],
  ["/loop.csv", "unreachable", "more than 10 redirects", undefined],
  ["/slow.csv", "unreachable", "no answer in time", undefined],
])("%s is %s", async (path, state, detail, bytes) => {
  const [report] = await checkSources([source(path)], {
    patience: path === "/slow.csv" ? 300 : 10_000,
    pause: 0,
  });
  expect(report).toMatchObject({
    state,
    detail: detail instanceof RegExp ? expect.stringMatching(detail) : detail,
  });
  expect(report?.bytes).toBe(bytes);
});

test("a server that is not there is unreachable", async () => {
  const [report] = await checkSources([{ address: "http://127.0.0.1:9/x.csv", suffix: ".csv", words: [] }], {
    pause: 0,
  });
  expect(report).toMatchObject({
    state: "unreachable",
    detail: expect.stringMatching(/ECONNREFUSED|bad port/),
  });
});

test("is polite: no content, one question at a time, and a pause between two", async () => {
  asked.length = 0;
  await checkSources([source("/fine.csv"), source("/headless.zip"), source("/gone.csv")], { pause: 50 });
  for (const { method, range } of asked) expect(method === "HEAD" || range === "bytes=0-0").toBe(true);
  const times = asked.filter(({ method }) => method === "HEAD").map(({ at }) => at);
  expect(times[1] ?? 0).toBeGreaterThanOrEqual((times[0] ?? 0) + 45);
});

describe("what is asked", () => {
  test("every importer that reads from the network has its addresses in it", async () => {
    const addresses = await sourceAddresses();
    const words = new Set(addresses.flatMap((each) => each.words));
    const without = (await listDatasources()).map(({ word }) => word).filter((word) => !words.has(word));
    // Two come with the program, one reads a file of its user's.
    expect(without).toEqual(["london/boroughs", "london/underground", "twitter/tweets"]);
    for (const each of addresses) expect(each.address).toMatch(/^https?:\/\//);
  });
});

describe("those with a word in their names", () => {
  test("are asked alone", async () => {
    const addresses = await sourceAddresses();
    expect(wantedSources(addresses, [])).toHaveLength(addresses.length);
    const found = wantedSources(addresses, ["NHS", "qs102ew"]).flatMap(({ words }) => words);
    expect(found.sort()).toEqual([
      "nhs/admissions",
      "nhs/organisations/clinic",
      "nhs/organisations/gpSurgeries",
      "nhs/organisations/hospital",
      "ons/census/qs102ew",
    ]);
  });
  test("where there is none, the nearest is told", async () => {
    const addresses = await sourceAddresses();
    expect(() => wantedSources(addresses, ["polise"])).toThrow(
      'No datasource with an address is called "polise". Did you mean "police" or "police/crimes"?',
    );
  });
});

describe("the table of what was found", () => {
  const report = (word: string, state: SourceState, detail: string) => ({
    words: [word],
    address: `https://example.org/${word}.csv`,
    suffix: ".csv",
    state,
    detail,
  });
  test("has what is odd, what that means and the sum", () => {
    const text = describeSources([
      report("a/fine", "as expected", "text/csv"),
      report("a/blocked", "refused", "status 403"),
      report("b/old", "gone", "status 404"),
    ]);
    expect(text).toBe(`datasource  state    detail      address
──────────  ───────  ──────────  ───────
b/old       gone     status 404  https://example.org/b/old.csv
a/blocked   refused  status 403  https://example.org/a/blocked.csv

gone: nothing is at that address any more: %import says where a copy that you have is to be kept.
refused: the server wants no programs, or a key: %import says where a copy fetched by hand is to be kept.

1 of 3 addresses are as expected.`);
  });
  test.each<[readonly SourceState[], string]>([
    [["as expected"], "1 of 1 address is as expected."],
    [["as expected", "as expected"], "2 of 2 addresses are as expected."],
    [["unreachable", "unreachable"], "None of 2 addresses can be reached: is there a network?"],
  ])("%j is one sentence", (states, expected) => {
    expect(describeSources(states.map((state) => report("a", state, "")))).toBe(expected);
  });
});

test("a folder that is no store stays none", async () => {
  const folder = temporaryFolder();
  const store = join(folder.path, "none");
  const printed: unknown[] = [];
  const log = jest.spyOn(console, "log").mockImplementation((text) => printed.push(text));
  const ask = jest.spyOn(globalThis, "fetch").mockRejectedValue(new Error("no network"));
  try {
    await doctorCommand.run({ words: ["iod2025"], options: { sources: true, store } });
  } finally {
    ask.mockRestore();
    log.mockRestore();
  }
  expect(printed.join("\n")).toContain("0 of 1 address is as expected.");
  expect(existsSync(store)).toBe(false);
  process.exitCode = 0;
  folder.remove();
});

test("what was as expected is remembered for %find", async () => {
  const folder = temporaryFolder();
  const [listed] = (await listDatasources()).filter(({ word }) => word === "mhclg/iod2025");
  if (!listed || typeof listed.datasource.files === "function") throw new Error("no such datasource");
  const store = { folder: folder.path, datasets: () => [] };
  expect(lastChecked(listed, store)).toBe("not yet");
  writeChecked(
    folder.path,
    listed.datasource.files.map((file) => file.address),
    "2026-11-26",
  );
  expect(lastChecked(listed, store)).toBe("2026-11-26");
  expect(Object.values(readChecked(folder.path))).toEqual(["2026-11-26"]);
  folder.remove();
});

test("an installation is examined", async () => {
  const folder = temporaryFolder();
  const findings = await examine(folder.path);
  expect(findings.map(({ name, isSound }) => [name, isSound])).toEqual([
    ["Node", true],
    ["DuckDB", true],
    ["Importers", true],
    ["Store", true],
  ]);
  folder.remove();
});
