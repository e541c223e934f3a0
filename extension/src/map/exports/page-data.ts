import type { MapSpec, MapState } from "@tombolo/bundle";

/** Where a page's data goes in its template. */
export const DATA_MARK = "TOMBOLO-MAP-DATA";

/** Id of the element that holds a page's data. */
export const DATA_ID = "tombolo-map-data";

/** What a page of its own holds. */
export interface PageData {
  readonly spec: MapSpec;
  readonly description: string;
  readonly state: MapState | undefined;
  /** Binary parts by name: deflated, in base 64. */
  readonly parts: Readonly<Record<string, string>>;
}

/** Bytes as a part of a page. */
export async function encodePart(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate"));
  const address = await addressOf(await new Response(stream).blob());
  return address.slice(address.indexOf(",") + 1);
}

function addressOf(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error ?? new Error("a part could not be read"));
    reader.readAsDataURL(blob);
  });
}

/** The bytes of a part. */
export async function decodePart(text: string): Promise<Uint8Array<ArrayBuffer>> {
  const packed = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
