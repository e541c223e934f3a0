import { closeSync, openSync, readSync, statSync } from "node:fs";
import { UserError } from "../../errors.ts";

const START_BYTES = 4096;

interface Kind {
  readonly name: string;
  matches(start: Buffer, text: string, end: Buffer): boolean;
}

const zip = (name: string): Kind => ({
  name,
  // The list of a zip's entries is at its end, so one that was cut short has none.
  matches: (start, _text, end) =>
    start.subarray(0, 2).toString("latin1") === "PK" && end.includes("PK\x05\x06"),
});

/** Publishers give the three kinds each other's suffixes, and one reader reads them all. */
const spreadsheet = (name: string): Kind => ({
  name,
  matches: (start, text, end) =>
    start.subarray(0, 4).toString("hex") === "d0cf11e0" ||
    start[0] === 0x09 ||
    zip(name).matches(start, text, end),
});

const KINDS: Readonly<Record<string, Kind>> = {
  ".zip": zip("a zip archive"),
  ".xlsx": spreadsheet("an XLSX spreadsheet"),
  ".ods": spreadsheet("an ODS spreadsheet"),
  ".xls": spreadsheet("an XLS spreadsheet"),
  ".json": { name: "JSON", matches: (_start, text) => /^\s*[[{]/.test(text) },
  ".geojson": { name: "GeoJSON", matches: (_start, text) => /^\s*\{/.test(text) },
  ".xml": { name: "XML", matches: (_start, text) => /^\s*</.test(text) && !isPage(text) },
  ".csv": { name: "CSV", matches: (start, text) => !isPage(text) && !(start.includes(0) && !isUtf16(start)) },
  ".gz": { name: "a gzip file", matches: (start) => start[0] === 0x1f && start[1] === 0x8b },
  ".parquet": {
    name: "Parquet",
    matches: (start, _text, end) =>
      start.toString("latin1", 0, 4) === "PAR1" && end.toString("latin1").endsWith("PAR1"),
  },
  ".gpkg": { name: "GeoPackage", matches: (start) => start.toString("latin1", 0, 15) === "SQLite format 3" },
};

const isPage = (text: string) => /^\s*(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body)\b/is.test(text);
const isUtf16 = (start: Buffer) => ["fffe", "feff"].includes(start.toString("hex", 0, 2));

/**
 * Looks whether a file is what its suffix says: a publisher that has moved often answers with a web page. Throws a UserError
 * that says what it is instead.
 */
export function checkContent(path: string, suffix: string, name: string): void {
  const kind = KINDS[/\.\w+$/.exec(suffix)?.[0] ?? ""];
  const { size } = statSync(path);
  if (size === 0) throw new UserError(`${name} is empty`, { where: path });
  const { start, end } = readEnds(path, size);
  const text = start.toString("utf8").replace(/^\uFEFF/, "");
  if (!kind || kind.matches(start, text, end)) return;
  if (isPage(text)) {
    throw new UserError(`${name} is a web page, not ${kind.name}`, {
      where: path,
      hint: "The publisher has probably moved it: see what the address shows in a browser.",
    });
  }
  const begins = start.subarray(0, 2).toString("latin1") === "PK";
  const what = begins && /zip|XLSX|ODS/.test(kind.name) ? "it is cut short" : "it is something else";
  throw new UserError(`${name} is not ${kind.name}: ${what}`, { where: path });
}

function readEnds(path: string, size: number): { start: Buffer; end: Buffer } {
  const file = openSync(path, "r");
  try {
    const read = (length: number, position: number) => {
      const buffer = Buffer.alloc(length);
      return buffer.subarray(0, readSync(file, buffer, 0, length, position));
    };
    // A zip's list of entries may be followed by a comment of 64 KiB.
    const tail = Math.min(size, 66_000);
    return { start: read(Math.min(size, START_BYTES), 0), end: read(tail, size - tail) };
  } finally {
    closeSync(file);
  }
}
