import { strictest } from "@tombolo/bundle/access";
import type { ColumnMetadata } from "./columns.ts";
import { type SeenData, strictestSeen } from "./seen.ts";
import { accessOfRows } from "./table-row.ts";

/** The label of what a user has made by hand, with the sentence that says where it comes from. */
export type OwnLabel = Pick<ColumnMetadata, "access" | "source">;

const said = new WeakMap<object, OwnLabel>();
let news: SeenData | undefined;

/**
 * The label of a list, of an object, of GeoJSON or of a specification that a user has made: nobody can tell what stands in it, so it takes the
 * strictest label of what was read so far, unless the user has said otherwise. Rows of tables in it keep theirs.
 */
export function ownLabel(made: object): OwnLabel {
  const own = said.get(made) ?? takenLabel();
  const rows = Array.isArray(made) ? accessOfRows(made) : "public";
  return { ...own, access: strictest([rows, own.access]) };
}

function takenLabel(): OwnLabel {
  const seen = strictestSeen();
  if (!seen) return { access: "public" };
  news = seen;
  const source = `Made by hand after ${seen.name} (${seen.access}) was read.`;
  return { access: seen.access, source };
}

/** What a user has said of something made by hand. */
export const saidLabel = (made: object): OwnLabel | undefined => said.get(made);

/** Keeps what a user says of something made by hand. */
export function sayLabel(made: object, label: OwnLabel): void {
  said.set(made, label);
  news = undefined;
}

/** The sentence for whoever has shown something made by hand that took a label; undefined where nobody has since. */
export function takeNews(): string | undefined {
  const seen = news;
  news = undefined;
  if (!seen) return undefined;
  return `What is made by hand may hold values of ${seen.name}, so it counts as ${seen.access} too and is not saved. Where it holds none, %label name --access public --reason "…" says so of a variable, and label(rows, { access: "public", reason: "…" }) of any list. This is said once.`;
}
