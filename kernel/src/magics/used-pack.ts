import type { Table } from "apache-arrow";
import { noteMadeBy } from "../engine/made-by.ts";
import { UserError } from "../errors.ts";
import type { Pack } from "../pack/read-pack.ts";
import type { Session } from "./session.ts";

/** The pack that a notebook uses, and what its results are computed on. */
export interface UsedPack {
  readonly pack: Pack;
  readonly data: "dummy" | "real";
}

const used = new WeakMap<Session["variables"], UsedPack>();

/** Remembers the pack that a notebook uses. */
export function usePack(session: Session, use: UsedPack): void {
  used.set(session.variables, use);
}

/** The pack that a notebook used last. Throws a UserError when there is none. */
export function usedPack(session: Session): UsedPack {
  const found = used.get(session.variables);
  if (found) return found;
  throw new UserError("No pack is in use", { hint: "Write %use and the pack first." });
}

const presets = new WeakMap<Table, string>();

/** Remembers under which rules a result of a pack is released. */
export function rememberPreset(table: Table, preset: string): void {
  presets.set(table, preset);
  if (preset !== "public") noteMadeBy(table, { preset });
}

/** The rules that a pack names for its result; undefined where they would let everything out, or there is no pack. */
export function presetOfPack(table: Table): string | undefined {
  const preset = presets.get(table);
  return preset === "public" ? undefined : preset;
}
