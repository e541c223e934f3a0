import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { deflateRawSync, gzipSync } from "node:zlib";
import { utils, write } from "@e965/xlsx";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { importDatasource } from "../../kernel/src/importers/run.ts";
import type { Store } from "../../kernel/src/store/store.ts";
import { temporaryFolder, temporaryStore } from "../support/store.ts";
import { zipOf } from "../support/zip.ts";

// A whole import from a server that misbehaves: every fault ends in one clear sentence, and the store stays as it was.

type Answer = (request: IncomingMessage, response: ServerResponse) => void;
const answers = new Map<string, Answer>();
const patience = { attempts: 2, firstWait: 5, stall: 300 };
const folder = temporaryFolder();
let server: Server;
let host: string;
let store: Store & { remove(): void };

beforeAll(async () => {
  server = createServer((request, response) => {
    const answer = answers.get(request.url ?? "");
    if (answer) answer(request, response);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  host = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  store = await temporaryStore();
  writeFileSync(join(folder.path, "before.csv"), "id,name,size\nA,One,1\nB,Two,2\n");
  await importDatasource(store, join(folder.path, "before.csv"));
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
  store.remove();
  folder.remove();
});

const table = `id,name,size\n${Array.from({ length: 4000 }, (_, index) => `P${index},Place ${index},${index}`).join("\n")}\n`;
const csv = Buffer.from(table);
const workbook: Buffer = (() => {
  const made = utils.book_new();
  utils.book_append_sheet(
    made,
    utils.aoa_to_sheet(table.split("\n").map((line) => line.split(","))),
    "Places",
  );
  return Buffer.from(write(made, { type: "buffer", bookType: "xlsx", compression: true }));
})();
const archive = zipOf({ "places.csv": csv });

/** An archive whose directory says that its entry is small, though it unpacks to very much. */
function lyingArchive(): Buffer {
  const zeros = Buffer.alloc(64e6);
  const packed = deflateRawSync(zeros);
  const made = zipOf({ "places.csv": packed });
  // Method 8 in both headers; the sizes that are written are those of what is packed.
  made.writeUInt16LE(8, 8);
  made.writeUInt16LE(8, made.indexOf("PK\x01\x02", 0, "latin1") + 10);
  return made;
}

/** Digests of everything in a store but its cache of downloads. */
function contentOf(path: string): string[] {
  return readdirSync(path, { recursive: true, encoding: "utf8" })
    .filter((name) => !name.startsWith("cache") && statSync(join(path, name)).isFile())
    .map(
      (name) =>
        `${name} ${createHash("sha256")
          .update(readFileSync(join(path, name)))
          .digest("hex")}`,
    )
    .sort();
}

const send =
  (bytes: Buffer | string, headers: Record<string, string> = {}): Answer =>
  (_request, response) =>
    response.writeHead(200, headers).end(bytes);
const cutAt =
  (bytes: Buffer, tenths: number): Answer =>
  (_request, response) => {
    response.writeHead(200, { "content-length": String(bytes.length) });
    response.write(bytes.subarray(0, Math.floor((bytes.length * tenths) / 10)), () =>
      setTimeout(() => response.destroy(), 5),
    );
  };
const TENTHS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
const part = (bytes: Buffer, tenths: number) => bytes.subarray(0, Math.floor((bytes.length * tenths) / 10));

let served = 0;
async function failureOf(ending: string, answer: Answer): Promise<unknown> {
  const path = `/places${++served}${ending}`;
  answers.set(path, answer);
  return importDatasource(store, host + path, { patience }).then(
    (report) => report,
    (error: unknown) => error,
  );
}

const faults: readonly [string, string, Answer, RegExp][] = [
  ...TENTHS.map((tenths): [string, string, Answer, RegExp] => [
    `a connection that always breaks off after ${tenths} tenths`,
    ".csv",
    cutAt(csv, tenths),
    /^The download of \S+ broke off after \d+ bytes\. Try again later\.$/,
  ]),
  ...TENTHS.slice(1).map((tenths): [string, string, Answer, RegExp] => [
    `a workbook of which ${tenths} tenths are there`,
    ".xlsx",
    send(part(workbook, tenths)),
    /^places\d+\.xlsx (is not an XLSX spreadsheet: it is cut short|cannot be (unpacked|read): it is damaged or cut short)$/,
  ]),
  ...TENTHS.slice(1).map((tenths): [string, string, Answer, RegExp] => [
    `an archive of which ${tenths} tenths are there`,
    ".zip",
    send(part(archive, tenths)),
    /^places\d+\.zip (is not a zip archive: it is cut short|cannot be unpacked: it is damaged or cut short)$/,
  ]),
  ...TENTHS.slice(1).map((tenths): [string, string, Answer, RegExp] => [
    `a gzip file of which ${tenths} tenths are there`,
    ".csv.gz",
    send(part(gzipSync(csv), tenths)),
    /^places\d+\.csv\.gz cannot be unpacked: it is damaged or cut short$/,
  ]),
  [
    "a length that is too long",
    ".csv",
    (_request, response) => {
      response.socket?.end(`HTTP/1.1 200 OK\r\ncontent-length: ${csv.length + 500}\r\n\r\n${table}`);
    },
    /^The download of \S+ broke off after \d+ bytes\. Try again later\.$/,
  ],
  [
    "a redirect loop",
    ".csv",
    (request, response) => response.writeHead(302, { location: request.url }).end(),
    /sends from one address to the next without end$/,
  ],
  ["HTML for data", ".csv", send("<!doctype html><p>moved"), /^places\d+\.csv is a web page, not CSV\. /],
  [
    "HTML for a workbook",
    ".xlsx",
    send("<html>moved"),
    /^places\d+\.xlsx is a web page, not an XLSX spreadsheet\. /,
  ],
  [
    "404",
    ".csv",
    (_request, response) => response.writeHead(404).end(),
    /answered 404 Not Found\. A copy that you fetch by other means is read when it is named with --local or kept as \S+\.csv$/,
  ],
  [
    "429 for ever, with Retry-After",
    ".csv",
    (_request, response) => response.writeHead(429, { "retry-after": "0" }).end(),
    /answered 429 Too Many Requests\. Try again later\.$/,
  ],
  [
    "a drip that stops",
    ".csv",
    (_request, response) => response.writeHead(200).write("id,"),
    /has sent (next to )?nothing for \d+ seconds\. Try again later\.$/,
  ],
  [
    "a drip that goes on for ever",
    ".csv",
    (_request, response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write("x"), 20);
      response.on("close", () => clearInterval(drip));
    },
    /has sent next to nothing for \d+ seconds\. Try again later\.$/,
  ],
  [
    "compression that is none",
    ".csv",
    send("plain", { "content-encoding": "gzip" }),
    /sent something that is not compressed as it says$/,
  ],
  [
    "compression that is cut short",
    ".csv",
    send(part(gzipSync(csv), 5), { "content-encoding": "gzip" }),
    /(sent something that is not compressed as it says|broke off after \d+ bytes\. Try again later\.)$/,
  ],
  [
    "a gzip bomb",
    ".csv.gz",
    send(gzipSync(Buffer.alloc(64e6))),
    /^places\d+\.csv\.gz unpacks to far more than an honest archive would, so it was not read$/,
  ],
  [
    "a zip archive that lies about sizes",
    ".zip",
    send(lyingArchive()),
    /^places\d+\.zip (unpacks to far more than an honest archive would|cannot be unpacked: it is damaged)/,
  ],
  [
    "a path out of the folder",
    ".zip",
    send(zipOf({ "../../places.csv": csv })),
    /^places\d+\.zip holds a file that would be written outside its folder, so it was not unpacked$/,
  ],
  [
    "an archive of nothing known",
    ".zip",
    send(zipOf({ "a.exe": csv })),
    /^places\d+\.zip holds nothing that can be imported/,
  ],
  [
    "keys that occur twice",
    ".csv",
    send("id,name,size\nA,One,1\nA,Two,2\n"),
    /^places\d+\.csv has 1 row whose label is missing or not unique, so nothing was imported\. /,
  ],
  [
    "headings and nothing below",
    ".csv",
    send("id,name,size\n"),
    /^places\d+\.csv has 0 rows where at least 1 are expected/,
  ],
  ["nothing", ".csv", send(""), /^places\d+\.csv is empty$/],
];

describe("every fault ends in one sentence, and the store stays as it was", () => {
  test.each(faults)("%s", async (_what, ending, answer, message) => {
    const before = contentOf(store.folder);
    const failure = await failureOf(ending, answer);
    expect(failure).toMatchObject({ name: "UserError", message: expect.stringMatching(message) });
    expect(String(failure)).not.toContain("\n");
    expect(contentOf(store.folder)).toEqual(before);
  });

  test("and what is good is imported after all of them", async () => {
    expect(await failureOf(".csv", send(csv))).toMatchObject({ changed: true, counts: { subjects: 4000 } });
  });

  test("a file that its publisher withdrew is read where the message says to keep it", async () => {
    const place = `/places${++served}.csv`;
    answers.set(place, (_request, response) => response.writeHead(410).end());
    const failure: unknown = await importDatasource(store, host + place, { patience }).catch(String);
    const [path = ""] = /(?<=kept as )\S+$/.exec(String(failure)) ?? [];
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, csv);
    expect(await importDatasource(store, host + place, { patience })).toMatchObject({
      counts: { subjects: 4000 },
    });
  });
});
