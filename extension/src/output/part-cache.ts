/** Name of the browser's cache. */
const CACHE = "tombolo-parts-1";

/** The browser keeps parts up to this size; what it has kept longest goes first. */
const MOST_BYTES = 256_000_000;

/** Smaller parts are as quick to ask the kernel for. */
const LEAST_BYTES = 16_000;

const LENGTH = "Content-Length";

/**
 * The browser's copies of parts, across reloads and notebooks. Only what is public is named by its digest, and only what its
 * name is the digest of is kept: other parts have random names, and never get here.
 */
export const partCache = {
  /** A part that the browser has; undefined when it has not. */
  async find(id: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const cache = await openFor(id);
    const found = await cache?.match(addressOf(id));
    if (!found) return undefined;
    const bytes = new Uint8Array(await found.arrayBuffer());
    return (await digestOf(bytes)) === id ? bytes : undefined;
  },

  /** Keeps a part if it is public and worth it. */
  async keep(id: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    if (bytes.byteLength < LEAST_BYTES || bytes.byteLength > MOST_BYTES / 4) return;
    const cache = await openFor(id);
    if (!cache || (await digestOf(bytes)) !== id) return;
    const headers = { [LENGTH]: String(bytes.byteLength) };
    await cache.put(addressOf(id), new Response(bytes, { headers }));
    await shorten(cache);
  },
};

/** The cache, for the name of a public part; browsers have none on pages that could have been changed on their way. */
async function openFor(id: string): Promise<Cache | undefined> {
  if (!/^[0-9a-f]{64}$/.test(id) || !("caches" in globalThis)) return undefined;
  return caches.open(CACHE);
}

const addressOf = (id: string): string => `/tombolo-parts/${id}`;

async function digestOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function shorten(cache: Cache): Promise<void> {
  const keys = await cache.keys();
  const sizes = await Promise.all(
    keys.map(async (key) => Number((await cache.match(key))?.headers.get(LENGTH) ?? 0)),
  );
  let surplus = sizes.reduce((sum, size) => sum + size, 0) - MOST_BYTES;
  for (const [index, key] of keys.entries()) {
    if (surplus <= 0) break;
    surplus -= sizes[index] ?? 0;
    await cache.delete(key);
  }
}
