import { type Access, strictest } from "@tombolo/bundle/access";

/** Data that is not public, under the name that its user knows. */
export interface SeenData {
  readonly name: string;
  readonly access: Access;
}

/** The strictest of what this process has read so far: one process runs one notebook. */
let seen: SeenData | undefined;

/** Notes that values of some data were read. */
export function noteSeen(data: SeenData): void {
  const before = seen?.access ?? "public";
  if (strictest([before, data.access]) !== before) seen = data;
}

/** The strictest data that was read so far; undefined while all is public. */
export const strictestSeen = (): SeenData | undefined => seen;
