import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { UserError } from "../../errors.ts";
import type { Work } from "../../progress.ts";
import { type Downloaded, type DownloadRequest, downloadTo } from "./download.ts";
import type { Patience } from "./wait.ts";

/** Features that a page is asked to hold; a server may give fewer. */
const PAGE = 2000;
const MOST_PAGES = 10_000;

/** One page of an ArcGIS feature service. */
interface FeaturePage {
  readonly features: readonly unknown[];
  /** Whether the server has more than it gave. */
  readonly hasMore: boolean;
}

/**
 * Downloads all features that a query of an ArcGIS feature service finds, page after page, into one document with the list
 * `features`. Such a service gives two thousand at most, and tells of an error in an answer that looks like any other.
 */
export async function downloadPages(
  target: string,
  request: DownloadRequest,
  work: Work,
  patience?: Patience,
): Promise<Downloaded> {
  const page = `${target}.page`;
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, '{"type":"FeatureCollection","features":[');
  try {
    let received = 0;
    for (let number = 0; ; number++) {
      if (number >= MOST_PAGES) throw new UserError(`${request.address} does not come to an end`);
      work.onProgress?.({ stage: `Fetching page ${number + 1}`, done: received, unit: "rows" });
      const address = `${request.address}&resultOffset=${received}&resultRecordCount=${PAGE}`;
      await downloadTo(
        page,
        { ...request, address, etag: undefined, lastModified: undefined },
        work,
        patience,
      );
      const { features, hasMore } = parsePage(readFileSync(page, "utf8"), request.address);
      const text = features.map((feature) => JSON.stringify(feature)).join(",\n");
      if (text !== "") appendFileSync(target, received > 0 ? `,\n${text}` : text);
      received += features.length;
      if (features.length === 0 || (!hasMore && features.length < PAGE)) break;
    }
    appendFileSync(target, "]}\n");
    return {};
  } finally {
    rmSync(page, { force: true });
  }
}

function parsePage(text: string, address: string): FeaturePage {
  const value: unknown = parseJson(text, address);
  const members =
    typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};
  const failure: unknown = members["error"];
  if (failure !== undefined) {
    const message =
      typeof failure === "object" && failure !== null && "message" in failure
        ? `: ${String(failure.message)}`
        : "";
    throw new UserError(`The server refused ${new URL(address).pathname}${message}`, {
      where: address,
      hint: "The service may have another name today; tombolo doctor --sources tells.",
    });
  }
  const { features, exceededTransferLimit, properties } = members;
  if (!Array.isArray(features))
    throw new UserError(`${address} gave no features`, { hint: "The service may have changed." });
  const inside =
    typeof properties === "object" && properties !== null && "exceededTransferLimit" in properties
      ? properties.exceededTransferLimit
      : false;
  return { features, hasMore: exceededTransferLimit === true || inside === true };
}

function parseJson(text: string, address: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UserError(`${new URL(address).host} answered with something that is not JSON`, {
      where: address,
      cause,
    });
  }
}
