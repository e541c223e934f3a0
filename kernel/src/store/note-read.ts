import type { Access } from "@tombolo/bundle/access";
import { noteSeen } from "../engine/seen.ts";
import type { Dataset } from "./datasets.ts";

/** Notes that values of a label were read from a store, by the title of a dataset there that has it. */
export function noteRead(access: Access, datasets: readonly Dataset[]): void {
  const found = datasets.find(({ manifest }) => manifest.access === access);
  noteSeen({ name: found?.manifest.title ?? "a file", access });
}
