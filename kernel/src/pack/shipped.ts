import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Folder of the packs that come with the project. */
export const SHIPPED_PACKS: string = fileURLToPath(new URL("../../packs", import.meta.url));

/** Where a pack that comes with the project is said to come from. */
export const SHIPPED_SOURCE = "Tombolo";

/** The folder of a pack that comes with the project; undefined when there is none of that name. */
export function shippedPack(name: string): string | undefined {
  if (!/^[a-z][a-z0-9-]*$/.test(name)) return undefined;
  const folder = join(SHIPPED_PACKS, name);
  return existsSync(join(folder, "tombolo.json")) ? folder : undefined;
}

/** Names of the packs that come with the project. */
export const shippedNames = (): string[] => readdirSync(SHIPPED_PACKS);
