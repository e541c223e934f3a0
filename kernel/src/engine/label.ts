import { type Access, strictest } from "@tombolo/bundle/access";
import type { Table } from "apache-arrow";
import { UserError } from "../errors.ts";
import { columnMetadata, withColumnMetadata } from "./columns.ts";
import { isTable } from "./is-table.ts";
import { sayLabel } from "./own-label.ts";
import { strictestSeen } from "./seen.ts";
import { accessOfRows } from "./table-row.ts";

/** What a user says of something made by hand. */
export interface SaidLabel {
  readonly access: Access;
  /** Why it is less strict than what the notebook has read; kept with the label. */
  readonly reason?: string | undefined;
}

/**
 * Says who may see a list, GeoJSON or a specification that was made by hand, or a table without labels, and returns it with the
 * label. Throws a UserError where a reason is missing, and for what has its label from its sources.
 */
export function label<Made extends object>(made: Made, { access, reason = "" }: SaidLabel): Made | Table {
  if (isTable(made) ? isLabelled(made) : Array.isArray(made) && accessOfRows(made) !== "public") {
    throw new UserError("A table has the label of its sources, and its rows have it too", {
      hint: "Only %release lowers it.",
    });
  }
  const before = countsAs(made);
  const why = reason.trim().replace(/\.$/, "");
  if (why === "" && strictest([access, before]) !== access) {
    throw new UserError(`This counts as ${before}, so "${access}" needs a reason, which is kept with it`, {
      where: access,
      hint: 'Write --reason "…" with %label, or { access, reason } with label.',
    });
  }
  const own = { access, ...(why !== "" && { source: `Made by hand, ${access}: ${why}.` }) };
  if (isTable(made)) return withColumnMetadata(made, (field) => ({ ...columnMetadata(field), ...own }));
  sayLabel(made, own);
  return made;
}

/** What it counts as while nobody has said anything. */
function countsAs(made: object): Access {
  return strictest([isTable(made) ? "internal" : "public", strictestSeen()?.access ?? "public"]);
}

/** Whether a table says of any of its columns who may see it. */
const isLabelled = (table: Table): boolean =>
  table.schema.fields.some(({ metadata }) => metadata.has("tombolo.access"));
