import { UserError } from "../../errors.ts";

const MOST_BYTES = 100_000_000;
const MOST_STEPS = 5;

/**
 * The text at an address, fetched for an importer's code. Throws a UserError unless it and every address that it leads to
 * are https at one of the hosts.
 */
export async function fetchText(
  address: string,
  hosts: readonly string[],
  signal: AbortSignal | undefined,
): Promise<string> {
  let next = address;
  for (let step = 0; step < MOST_STEPS; step++) {
    const url = checkHost(next, hosts);
    const response = await fetch(url, { redirect: "manual", credentials: "omit", signal: signal ?? null });
    const location = response.headers.get("location");
    if (response.status >= 300 && response.status < 400 && location !== null) {
      await response.body?.cancel();
      next = new URL(location, url).href;
    } else if (response.ok) return textOf(response, url.hostname);
    else throw new UserError(`${url.hostname} answers ${response.status}`, { where: url.hostname });
  }
  throw new UserError(`${address} leads from one address to the next without an end`, { where: address });
}

/** The address, when it is https at one of the hosts and at no other port. */
export function checkHost(address: string, hosts: readonly string[]): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol === "https:" && url.port === "" && url.username === "" && hosts.includes(url.hostname))
    return url;
  throw new UserError(`"${address.slice(0, 100)}" is at no host that the importer has declared`, {
    where: address,
  });
}

async function textOf({ body }: Response, host: string): Promise<string> {
  const decoder = new TextDecoder();
  const parts: string[] = [];
  let bytes = 0;
  for await (const part of body ?? []) {
    bytes += part.byteLength;
    if (bytes > MOST_BYTES)
      throw new UserError(`${host} sends more than ${MOST_BYTES / 1e6} MB`, { where: host });
    parts.push(decoder.decode(part, { stream: true }));
  }
  return parts.join("") + decoder.decode();
}
