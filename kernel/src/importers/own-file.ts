import { basename, extname } from "node:path";
import type { Access } from "@tombolo/bundle";
import type { Engine } from "../engine/engine.ts";
import { quoteIdentifier, quoteLiteral } from "../engine/quote.ts";
import { UserError } from "../errors.ts";
import { didYouMean } from "../nearest.ts";
import type { Importer } from "./importer.ts";

/** How a file of one's own is to be read; what is not said is guessed. */
export interface OwnFileOptions {
  /** `internal` unless told otherwise. */
  readonly access?: Access | undefined;
  /** Label of the subject type; the file's name unless told otherwise. */
  readonly as?: string | undefined;
  /** Column with the label of each row. */
  readonly label?: string | undefined;
  /** Column with the name of each row. */
  readonly name?: string | undefined;
}

const LABEL_COLUMNS = ["label", "code", "id", "geo_code", "gss_code"];
const NAME_COLUMNS = ["name", "nm", "title", "label"];

/** Declares an importer for a file whose rows are already in the table `source`; its other columns become fixed attributes. */
export async function importerForFile(
  engine: Engine,
  path: string,
  address: string,
  options: OwnFileOptions,
): Promise<Importer> {
  const described = await engine.query("SELECT column_name FROM (DESCRIBE source)");
  const columns = [...(described.getChild("column_name") ?? [])]
    .map(String)
    .filter((name) => name !== "geom" && name !== "OGC_FID");
  const label = column(columns, options.label, LABEL_COLUMNS, path);
  const name = column(columns, options.name, NAME_COLUMNS, path) ?? label;
  const others = columns.filter(
    (each) => each !== label && each !== name && !["label", "name", "shape"].includes(each),
  );
  const stem = basename(path, extname(path));
  const select = [
    `${label ? `${quoteIdentifier(label)}::VARCHAR` : `${quoteLiteral(`${stem}/`)} || (OGC_FID + 1)`} AS label`,
    `${name ? `${quoteIdentifier(name)}::VARCHAR` : "NULL::VARCHAR"} AS name`,
    "geom AS shape",
    ...others.map((other) => quoteIdentifier(other)),
  ];
  const type = options.as ?? stem;
  return {
    id: address,
    version: 1,
    title: basename(path),
    doc: "A file of one's own.",
    provider: { label: "local", name: "Files of one's own" },
    licence: "",
    attribution: basename(path),
    access: options.access ?? "internal",
    source: { address, format: "geojson" },
    subjectType: { label: type, name: type },
    attributes: others.map((other) => ({ label: other, description: other })),
    rows: `SELECT ${select.join(", ")} FROM source ORDER BY OGC_FID`,
    expect: { subjects: { atLeast: 1, atMost: Number.MAX_SAFE_INTEGER } },
  };
}

function column(
  columns: readonly string[],
  wanted: string | undefined,
  likely: readonly string[],
  path: string,
): string | undefined {
  if (wanted === undefined)
    return likely.map((name) => columns.find((each) => each.toLowerCase() === name)).find((found) => found);
  if (columns.includes(wanted)) return wanted;
  throw new UserError(`${basename(path)} has no column "${wanted}"`, {
    where: wanted,
    hint: didYouMean(wanted, columns),
  });
}
