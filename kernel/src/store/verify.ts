import { writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Work } from "../progress.ts";
import { DAMAGE_FILE, describeDamage } from "./datasets.ts";
import type { Store } from "./store.ts";
import { unitsOf } from "./units.ts";
import { digestOf } from "./write-table.ts";

/** What a check of a store has found. */
export interface Verification {
  /** Number of files whose digest is what it was when they were written. */
  readonly sound: number;
  /** One sentence for each dataset that is damaged; it is left out from now on. */
  readonly damaged: readonly string[];
}

/** Reads every file of the store and compares its digest with that in the manifest. */
export async function verifyStore(store: Store, { signal, onProgress }: Work = {}): Promise<Verification> {
  await store.refresh();
  const damaged = [...store.content().damaged].map(([name, reason]) => describeDamage(name, reason));
  const files = unitsOf(store.datasets()).flatMap(({ folder, datasets }) =>
    (datasets[0]?.manifest.files ?? []).map((file) => ({ ...file, folder })),
  );
  const broken = new Set<string>();
  let sound = 0;
  for (const [done, { folder, name, digest }] of files.entries()) {
    signal?.throwIfAborted();
    onProgress?.({ stage: "Comparing digests", done, total: files.length });
    if ((await digestOf(join(folder, name))) === digest) sound++;
    else if (!broken.has(folder)) {
      broken.add(folder);
      const reason = `${name} is not as it was written`;
      writeFileSync(join(folder, DAMAGE_FILE), `${reason}\n`);
      damaged.push(describeDamage(basename(folder), `${reason}. Import it again.`));
    }
  }
  await store.refresh();
  return { sound, damaged };
}
