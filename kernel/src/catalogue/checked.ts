import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Store } from "../store/store.ts";
import type { Known } from "./listing.ts";

const FILE = "sources-checked.json";

/** When each address was last seen to be as expected, by address: days such as `2026-11-26`. */
export type CheckedDays = Readonly<Record<string, string>>;

/** What `tombolo doctor --sources` has noted in a store's folder. */
export function readChecked(folder: string): CheckedDays {
  const path = join(folder, FILE);
  if (!existsSync(path)) return {};
  try {
    const value: unknown = JSON.parse(readFileSync(path, "utf8"));
    const entries = typeof value === "object" && value !== null ? Object.entries(value) : [];
    return Object.fromEntries(
      entries.filter((entry): entry is [string, string] => typeof entry[1] === "string"),
    );
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

/** Notes the addresses that are as expected today. */
export function writeChecked(folder: string, addresses: readonly string[], day: string): void {
  const noted = { ...readChecked(folder), ...Object.fromEntries(addresses.map((address) => [address, day])) };
  writeFileSync(join(folder, FILE), `${JSON.stringify(noted, null, 1)}\n`);
}

/** The last day on which a datasource was imported or its address was seen to be as expected; `not yet` when never. */
export function lastChecked(
  { importer, datasource, addresses }: Known,
  store: Pick<Store, "datasets" | "folder"> | undefined,
): string {
  if (!store) return "not yet";
  const days = readChecked(store.folder);
  const imported = store
    .datasets()
    .filter(
      ({ manifest }) =>
        manifest.importer === importer.id &&
        manifest.key.includes(JSON.stringify(datasource.id).slice(1, -1)),
    )
    .map(({ manifest }) => manifest.source.retrieved.slice(0, 10));
  const all = [...imported, ...addresses.flatMap((address) => days[address] ?? [])].sort();
  return all.at(-1) ?? "not yet";
}
