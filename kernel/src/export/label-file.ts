import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type Access, isAccess } from "@tombolo/bundle/access";
import { UserError } from "../errors.ts";

/** What a file of ours says of itself in the label file beside it. */
export interface ExportedLabel {
  readonly access: Access;
  /** Publishers' lines. */
  readonly source: string;
}

/** Name of the file beside an exported file that keeps its label. */
export const labelFileOf = (path: string): string => `${path}.label.json`;

/** Writes the label of an exported file beside it. What is public needs none; one that lies there from before goes. */
export function writeLabel(path: string, { access, source }: ExportedLabel): void {
  if (access === "public") rmSync(labelFileOf(path), { force: true });
  else writeFileSync(labelFileOf(path), `${JSON.stringify({ version: 1, access, source }, null, 1)}\n`);
}

/** The label beside a file; undefined where there is none. Throws a UserError when it cannot be read. */
export function exportedLabel(path: string): ExportedLabel | undefined {
  const place = labelFileOf(path);
  if (!existsSync(place)) return undefined;
  const label = parseLabel(readFileSync(place, "utf8"));
  if (label) return label;
  throw new UserError(`The label of ${path} cannot be read`, {
    where: place,
    hint: "Say with --access who may see it, and delete the label file.",
  });
}

function parseLabel(text: string): ExportedLabel | undefined {
  const value = parsed(text);
  if (typeof value !== "object" || value === null || !("access" in value) || !isAccess(value.access))
    return undefined;
  const source = "source" in value && typeof value.source === "string" ? value.source : "";
  return { access: value.access, source };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The caller says which file cannot be read.
    return undefined;
  }
}
