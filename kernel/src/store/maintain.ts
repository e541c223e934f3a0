import { UserError } from "../errors.ts";
import type { Work } from "../progress.ts";
import { toldOfStore } from "./not-writable.ts";
import type { Store } from "./store.ts";

/** What can be done with a store, by the words that people write. */
export interface Maintenance {
  readonly verify?: boolean | undefined;
  readonly compact?: boolean | undefined;
  readonly clear?: boolean | undefined;
}

/** Does what was asked for and says what came of it, in sentences; undefined when nothing was asked for. */
export async function maintainStore(
  store: Store,
  wanted: Maintenance,
  work: Work = {},
): Promise<string[] | undefined> {
  const chosen = (["verify", "compact", "clear"] as const).filter((name) => wanted[name]);
  const [only] = chosen;
  if (chosen.length > 1)
    throw new UserError(`--${chosen.join(" and --")} exclude each other`, { hint: "Give one of them." });
  if (only === undefined) return undefined;
  try {
    return await { verify, compact, clear }[only](store, work);
  } catch (error) {
    throw toldOfStore(error, store.folder);
  }
}

async function verify(store: Store, work: Work): Promise<string[]> {
  const { verifyStore } = await import("./verify.ts");
  const { sound, damaged } = await verifyStore(store, work);
  return [`${count(sound, "file is", "files are")} as written.`, ...damaged];
}

async function compact(store: Store, work: Work): Promise<string[]> {
  const { compactStore } = await import("./compact.ts");
  const { merged, removed, readers } = await compactStore(store, work);
  const waiting = store.content().superfluous.length;
  return [
    `${count(merged, "dataset", "datasets")} merged, ${count(removed, "folder", "folders")} removed.`,
    ...(readers.length > 0 && waiting > 0
      ? [
          `${count(waiting, "folder stays", "folders stay")} for now: process ${readers.join(", ")} reads the store.`,
        ]
      : []),
  ];
}

async function clear(store: Store): Promise<string[]> {
  const { clearStore } = await import("./clear.ts");
  return [`${count(await clearStore(store), "dataset", "datasets")} removed. Downloads are kept.`];
}

const count = (number: number, one: string, many: string) =>
  `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
