import type { Access } from "./access.ts";

/** MIME type of a map: a {@link MapSpec}, or a {@link LiveReference} when its values may not be saved. */
export const MAP_MIME = "application/vnd.tombolo.map.v1+json";

/** MIME type of a chart: a {@link ChartSpec} or a {@link LiveReference}. */
export const CHART_MIME = "application/vnd.tombolo.chart.v1+json";

/** MIME type of a table: a {@link TableSpec} or a {@link LiveReference}. */
export const TABLE_MIME = "application/vnd.tombolo.table.v1+json";

/** Vega-Lite 5, which JupyterLab, VS Code and others draw without an extension of ours. */
export const VEGA_LITE_MIME = "application/vnd.vegalite.v5+json";

/** Vega-Lite 6 in both of its spellings; JupyterLab draws neither by itself. */
export const VEGA_LITE_6_MIMES = [
  "application/vnd.vegalite.v6+json",
  "application/vnd.vegalite.v6.json",
] as const;

/**
 * Comm target by which a front end fetches what a specification only names. The front end opens the comm with
 * `{ want: ["<id>", …] }`; the kernel answers each id with {@link BlobPiece}s, each with some bytes as its only buffer, or
 * with `{ id, found: false }`, and then closes the comm. Served by the protocol thread, so also while a cell runs.
 */
export const BLOB_COMM_TARGET = "tombolo.blob";

/** Bytes of one message: so few that the page stays alive while a large part arrives. */
export const BLOB_PIECE_BYTES = 4_000_000;

/** What is said with each piece of a part: where it goes, and how long the whole is. */
export interface BlobPiece {
  readonly id: string;
  readonly found: true;
  readonly offset: number;
  readonly bytes: number;
}

/**
 * Comm target of a chart whose marks stand for many rows. The front end opens the comm with `{ plan }` and sends the
 * {@link Brush} when rows are selected in the chart; the kernel sends the drawn rows anew, an Arrow IPC stream as the only
 * buffer, when the selection or the filter has changed.
 */
export const CHART_COMM_TARGET = "tombolo.chart";

/** Symbol of the method by which an object tells how it is displayed; Deno's convention. Returns a {@link MimeBundle}. */
export const DISPLAY_SYMBOL: unique symbol = Symbol.for("Jupyter.display");

/** Symbol of the property with the binary parts a displayed object's specification names: id → bytes. */
export const BLOBS_SYMBOL: unique symbol = Symbol.for("tombolo.blobs");

/** What was chosen in a chart: for fields of the drawn rows a range, or values. Null takes the choice back. */
export type Brush = Record<string, (string | number)[]> | null;

/** A MIME bundle: type → JSON value, text, or base64 text for images. `metadata` is per MIME type. */
export interface MimeBundle {
  readonly data: Readonly<Record<string, unknown>>;
  readonly metadata?: Readonly<Record<string, unknown>>;
}

/** Something that knows how to show itself in a notebook. Plain data of the library: nothing here is about Jupyter's wire. */
export interface Displayable {
  [DISPLAY_SYMBOL](): MimeBundle | Promise<MimeBundle>;
  readonly [BLOBS_SYMBOL]?: ReadonlyMap<string, Uint8Array>;
}

/**
 * What is saved in place of a specification whose values are not `public`, or that would swell the notebook. Of the former it
 * holds words that stand in the notebook anyway, and the time. `live` names a blob with the whole specification as JSON.
 */
export interface LiveReference {
  readonly version: 1;
  readonly access: Access;
  /** What the cell calls it, or else only what it is, such as `Map`. */
  readonly title: string;
  /** Name of the recipe that has made it, as it stands in the notebook. */
  readonly recipe?: string;
  /** Beginning of the recipe's digest, as a release's record has it. */
  readonly digest?: string;
  /** The rules under which it was released last, or is to be. */
  readonly preset?: string;
  /** When it was made, in UTC to the second. */
  readonly time?: string;
  readonly live: string;
}

/** Whether a bundle's JSON is a {@link LiveReference}. */
export function isLiveReference(value: unknown): value is LiveReference {
  return typeof value === "object" && value !== null && "live" in value && typeof value.live === "string";
}
