import { basename, extname } from "node:path";
import type { Access } from "@tombolo/bundle";
import { quoteIdentifier, quoteLiteral } from "../engine/quote.ts";
import { UserError } from "../errors.ts";
import { didYouMean } from "../nearest.ts";
import { defineImporter, type Importer, type SimpleRows } from "./importer.ts";
import type { Tables } from "./tables.ts";

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

/** Declares an importer for a file of one's own, given by its path or its address; its columns become fixed attributes. */
export function importerForFile(
  place: { readonly path: string } | { readonly address: string },
  options: OwnFileOptions,
): Importer {
  const isLocal = "path" in place;
  const address = isLocal ? place.path : place.address;
  const file = basename(isLocal ? address : new URL(address).pathname);
  const stem = basename(file, extname(file));
  const type = options.as ?? stem;
  return defineImporter({
    id: address,
    version: 1,
    title: file,
    doc: "A file of one's own.",
    provider: { label: "local", name: "Files of one's own" },
    licence: "",
    attribution: file,
    access: options.access ?? "internal",
    source: {
      address,
      format: "geo",
      ...(isLocal ? { path: address } : { prefix: new URL(address).hostname, suffix: extname(file) }),
    },
    subjectType: { label: type, name: type },
    attributes: [],
    rows: (tables) => guessRows(tables, file, stem, options),
    labelHint: "Choose another column with --label.",
    expect: { subjects: { atLeast: 1, atMost: Number.MAX_SAFE_INTEGER } },
  });
}

/** Identity of an import of a file of one's own: reading it another way is another import. */
export function ownFileKey(importer: Importer, { access, as, label, name }: OwnFileOptions): string {
  return JSON.stringify([importer.id, as ?? null, label ?? null, name ?? null, access ?? null]);
}

async function guessRows(
  tables: Tables,
  file: string,
  stem: string,
  options: OwnFileOptions,
): Promise<SimpleRows> {
  const columns = (await tables.columns("source")).filter((name) => name !== "geom" && name !== "OGC_FID");
  const label = column(columns, options.label, LABEL_COLUMNS, file);
  const name = column(columns, options.name, NAME_COLUMNS, file) ?? label;
  const others = columns.filter(
    (each) => each !== label && each !== name && !["label", "name", "shape"].includes(each),
  );
  const select = [
    `${label ? `${quoteIdentifier(label)}::VARCHAR` : `${quoteLiteral(`${stem}/`)} || (OGC_FID + 1)`} AS label`,
    `${name ? `${quoteIdentifier(name)}::VARCHAR` : "NULL::VARCHAR"} AS name`,
    "geom AS shape",
    ...others.map((other) => quoteIdentifier(other)),
  ];
  return {
    select: `SELECT ${select.join(", ")} FROM source ORDER BY OGC_FID`,
    attributes: others.map((other) => ({ label: other, description: other })),
  };
}

function column(
  columns: readonly string[],
  wanted: string | undefined,
  likely: readonly string[],
  file: string,
): string | undefined {
  if (wanted === undefined)
    return likely.map((name) => columns.find((each) => each.toLowerCase() === name)).find((found) => found);
  if (columns.includes(wanted)) return wanted;
  throw new UserError(`${file} has no column "${wanted}"`, {
    where: wanted,
    hint: didYouMean(wanted, columns),
  });
}
