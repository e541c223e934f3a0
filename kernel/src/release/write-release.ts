import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import type { Table } from "apache-arrow";
import { isGeometry } from "../engine/arrow.ts";
import { columnMetadata } from "../engine/columns.ts";
import type { Engine } from "../engine/engine.ts";
import { accessOf } from "../engine/result-columns.ts";
import { UserError } from "../errors.ts";
import { exportTable } from "../export/export.ts";
import { partialPath } from "../export/partial-path.ts";
import { recipeDigest } from "../lineage/recipe-digest.ts";
import type { Recipe } from "../recipe/recipe.ts";
import { checks } from "./checks/index.ts";
import { type Finding, severest, type Verdict } from "./finding.ts";
import { type EarlierRecord, parseRecord, type ReleaseRecord } from "./record.ts";
import type { Protected, ReleaseOptions } from "./release.ts";

/** How a release is written down. */
export interface WriteOptions {
  readonly name: string;
  readonly reason: string;
  /** Folder below which the release gets a folder of its own. */
  readonly folder: string;
  readonly recipe?: Recipe | undefined;
}

/** Folder in a release with those that it has replaced. */
const REPLACED = "replaced";

/** The record of a protected table. */
export function recordOf(
  { verdict, findings, columns, source, table }: Protected,
  { preset, units, accept = false }: ReleaseOptions,
  { name, reason, recipe }: WriteOptions,
): ReleaseRecord {
  return {
    version: 1,
    name,
    preset: preset.name,
    reason,
    who: userInfo().username,
    when: new Date().toISOString(),
    verdict,
    accepted: verdict === "review" && accept,
    ...(recipe && { recipe: recipeDigest(recipe) }),
    source,
    rows: table?.numRows ?? 0,
    columns,
    ...(units && {
      unitsOfRecord: Object.fromEntries([...units.columns].map(([name, about]) => [name, about.units])),
    }),
    checks: preset.open
      ? {}
      : Object.fromEntries(checks.map(({ name: check }) => [check, verdictOf(check, findings)])),
    findings,
  };
}

function verdictOf(check: string, findings: readonly Finding[]): Verdict {
  return severest(findings.filter((finding) => finding.check === check).map(({ verdict }) => verdict));
}

/**
 * Writes the released table as GeoParquet and as CSV with marks, its map where it has shapes, and its record, into a folder
 * that appears when all of it is there. Returns the folder.
 */
export async function writeRelease(
  engine: Engine,
  table: Table,
  record: ReleaseRecord,
  { folder, name }: WriteOptions,
): Promise<string> {
  if (!/^(?!\.\.?$)[\w.-]+$/.test(name))
    throw new UserError(`"${name}" cannot be the name of a folder`, { where: name });
  const place = join(folder, name);
  const partial = partialPath(join(folder, `.${name}`));
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true });
  try {
    await exportTable(engine, table, join(partial, "table.parquet"));
    writeFileSync(join(partial, "table.csv"), markedCsv(table));
    const picture = await pictureOf(table, name);
    if (picture) writeFileSync(join(partial, "map.png"), picture);
    writeFileSync(join(partial, "release.json"), `${JSON.stringify(record, null, 2)}\n`);
    keepReplaced(place, partial);
    rmSync(place, { recursive: true, force: true });
    renameSync(partial, place);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
  return place;
}

/**
 * Copies the release that is about to be replaced, with those that it has replaced, into the new one: who has it can still subtract,
 * so later releases are compared with it. One with the same numbers tells nothing more.
 */
function keepReplaced(place: string, next: string): void {
  if (!existsSync(join(place, "release.json"))) return;
  const before = join(place, REPLACED);
  if (existsSync(before)) cpSync(before, join(next, REPLACED), { recursive: true });
  if (readFileSync(join(place, "table.csv")).equals(readFileSync(join(next, "table.csv")))) return;
  const { mtime } = statSync(join(place, "release.json"));
  const kept = join(next, REPLACED, mtime.toISOString().replace(/[:.]/g, "-"));
  cpSync(place, kept, { recursive: true, filter: (path) => path !== before });
}

/** The map of a released table: breaks, legend and histogram come from the protected values, because there are no others. */
async function pictureOf(table: Table, name: string): Promise<Buffer | undefined> {
  const shape = table.schema.fields.find(isGeometry);
  if (!shape || accessOf(table) !== "public") return undefined;
  const [{ drawPicture }, { defaultNumbers }] = await Promise.all([
    import("../map/map.ts"),
    import("../map/draft.ts"),
  ]);
  const shown = defaultNumbers(table);
  // A picture shows one column; reading the others would take a fifth of its time.
  const columns = [shown?.name, shown && columnMetadata(shown).marks, shape.name];
  return drawPicture(table.select(columns.filter((column) => column !== undefined)), { title: name });
}

/** A release that lies on disk, with what its record says. */
export interface WrittenRelease {
  readonly folder: string;
  readonly record: EarlierRecord;
}

/** Folders of the releases below a folder, also of those that were replaced. */
export function listReleases(folder: string): WrittenRelease[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith("."))
    .map((entry) => join(folder, entry.name))
    .flatMap((place) => [
      {
        folder: place,
        record: parseRecord(JSON.parse(readFileSync(join(place, "release.json"), "utf8"))),
      },
      ...listReleases(join(place, REPLACED)),
    ]);
}

/** A released table as CSV with `[c]` and `[x]` where there is no number and `[u]` after one of few, as published statistics have them. */
export function markedCsv(table: Table): string {
  const shown = table.schema.fields.filter((field) => !isGeometry(field));
  const markNames = new Set(shown.map((field) => columnMetadata(field).marks));
  const columns = shown.filter((field) => !markNames.has(field.name));
  const cells = columns.map((field) => {
    const { marks } = columnMetadata(field);
    const values = table.getChild(field.name);
    const marked = marks === undefined ? null : table.getChild(marks);
    return (row: number) =>
      quoted(
        [values?.get(row), marked?.get(row)].filter((part) => part !== null && part !== undefined).join(" "),
      );
  });
  const lines = [columns.map((field) => quoted(field.name)).join(",")];
  for (let row = 0; row < table.numRows; row++) lines.push(cells.map((cell) => cell(row)).join(","));
  return `${lines.join("\r\n")}\r\n`;
}

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
