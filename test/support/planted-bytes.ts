import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { constants, gunzipSync, inflateSync } from "node:zlib";

/** A file with the planted values that stand in it. */
export interface FoundFile {
  readonly path: string;
  readonly values: readonly string[];
}

/** Every file below a folder with the planted values in it: as text, in either order of UTF-16, as numbers, and in pictures. */
export function filesBelow(place: string, planted: readonly string[]): FoundFile[] {
  return readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      const bytes = readFileSync(path);
      const parts = [bytes, ...packedIn(bytes)];
      const values = planted.filter((value) =>
        formsOf(value).some((form) => parts.some((part) => part.includes(form))),
      );
      return { path, values };
    });
}

function formsOf(value: string): Buffer[] {
  const forms = [Buffer.from(value), Buffer.from(value, "utf16le"), Buffer.from(value, "utf16le").swap16()];
  if (!/^-?[\d.]+$/.test(value)) return forms;
  const double = Buffer.alloc(8);
  double.writeDoubleLE(Number(value));
  return [...forms, Buffer.from(Number(value).toLocaleString("en")), double, Buffer.from(double).reverse()];
}

/** What a file holds in base64, deflated or as a browser's cache keeps it: pictures and other parts of a notebook. */
function packedIn(bytes: Buffer): Buffer[] {
  const encoded = bytes.toString("latin1").match(/[A-Za-z0-9+/]{200,}={0,2}/g) ?? [];
  const decoded = encoded.map((text) => Buffer.from(text, "base64"));
  return [bytes, ...decoded].flatMap((part) => [...(part === bytes ? [] : [part]), ...inflatedIn(part)]);
}

/** Every deflated stream in it, wherever it begins, and what the whole is in other packings. */
function inflatedIn(bytes: Buffer): Buffer[] {
  const streams = [...gunzippedIn(bytes)];
  for (let at = bytes.indexOf(0x78); at >= 0 && streams.length < 50; at = bytes.indexOf(0x78, at + 1)) {
    if (![0x01, 0x5e, 0x9c, 0xda].includes(bytes[at + 1] ?? 0)) continue;
    try {
      streams.push(inflateSync(bytes.subarray(at)));
    } catch {
      // Two bytes that only look like the beginning of a stream.
    }
  }
  return streams;
}

/** Every gzip stream in it. */
function gunzippedIn(bytes: Buffer): Buffer[] {
  const streams: Buffer[] = [];
  for (
    let at = bytes.indexOf("1f8b08", "hex");
    at >= 0 && streams.length < 50;
    at = bytes.indexOf("1f8b08", at + 1, "hex")
  ) {
    try {
      streams.push(gunzipSync(bytes.subarray(at), { finishFlush: constants.Z_SYNC_FLUSH }));
    } catch {
      // Three bytes that only look like the beginning of a stream.
    }
  }
  return streams;
}
