import type { Access } from "@tombolo/bundle";
import type { StatisticKind } from "../engine/columns.ts";
import { UserError } from "../errors.ts";
import { didYouMean } from "../nearest.ts";
import { importers } from "./index.ts";

/** Formats that the shared readers understand. */
export type SourceFormat = "geojson" | "topojson";

/** Where a publisher's file is. */
export interface ImporterSource {
  /** Address at which the publisher offers it; also what the store remembers. */
  readonly address: string;
  /** npm package that carries the file, so that no network is needed. */
  readonly package?: { readonly name: string; readonly path: string };
  readonly format: SourceFormat;
}

/** A measurement that an importer brings. The column of {@link Importer.rows} with its label has the values. */
export interface ImporterAttribute {
  readonly label: string;
  readonly description: string;
  readonly unit?: string;
  readonly kind?: StatisticKind;
}

/** An importer: what a publisher's file means, as data. Everything else is done once for all in `run.ts`. */
export interface Importer {
  /** Equal to its path below the folder of importers. */
  readonly id: string;
  /** Raised when the same file would give other rows than before. */
  readonly version: number;
  readonly title: string;
  /** Who publishes it, what one row means, and the known trap. */
  readonly doc: string;
  readonly provider: { readonly label: string; readonly name: string };
  readonly licence: string;
  /** Line that the licence asks to be shown. */
  readonly attribution: string;
  readonly access: Access;
  readonly source: ImporterSource;
  readonly subjectType: { readonly label: string; readonly name: string };
  readonly attributes: readonly ImporterAttribute[];
  /**
   * SELECT over `source`, the raw file with its own columns and its shape in `geom` (longitude, latitude): gives `label`,
   * `name`, `shape` and one column for each attribute.
   */
  readonly rows: string;
  /** Facts that must hold, else nothing is imported. */
  readonly expect: { readonly subjects: { readonly atLeast: number; readonly atMost: number } };
}

/** Declares an importer. */
export function defineImporter<const Declaration extends Importer>(importer: Declaration): Declaration {
  return importer;
}

/** The importer of that id, or a UserError with the nearest ones. */
export async function loadImporter(id: string): Promise<Importer> {
  const load = Object.hasOwn(importers, id) ? importers[id] : undefined;
  if (load) return load();
  throw new UserError(`There is no datasource "${id}"`, {
    where: id,
    hint: didYouMean(id, Object.keys(importers)),
  });
}

/** The help page of an importer in Markdown. */
export function documentImporter(importer: Importer): string {
  const { id, title, doc, provider, licence, attribution, source, subjectType, attributes } = importer;
  const rows = [
    ["published by", `${provider.name} (\`${provider.label}\`)`],
    ["licence", licence],
    ["attribution", attribution],
    ["address", source.address],
    ["subjects", `\`${subjectType.label}\`: ${subjectType.name}`],
    ...attributes.map(({ label, description, unit }) => [
      `\`${label}\``,
      description + (unit ? ` (${unit})` : ""),
    ]),
  ];
  const table = rows.map((cells) => `| ${cells.join(" | ")} |`);
  return [`### ${title}`, doc, ["| | |", "|---|---|", ...table].join("\n"), `\`%import ${id}\``].join("\n\n");
}
