import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../../errors.ts";
import { BOUND, type ImporterDeclaration, parseDeclaration } from "./declaration.ts";

/** An importer of a pack with the text of its code, none of which has run. */
export interface PackImporter extends ImporterDeclaration {
  /** The code's text. */
  readonly text?: string;
  /** Texts of the files beside it that it may read. */
  readonly beside: ReadonlyMap<string, string>;
  /** What acceptance is pinned to: changes when the declaration, the code or a file that it reads changes. */
  readonly digest: string;
}

/** Files of a pack, and how their texts are read. */
export interface PackFiles {
  readonly names: readonly string[];
  readonly text: (name: string) => string;
  readonly json: (name: string) => unknown;
}

/** Reads the importers of a pack. Throws a UserError for what is not as declared, and for code that no declaration names. */
export function readImporters(files: PackFiles): PackImporter[] {
  const importers = files.names.flatMap((file) => {
    const name = /^importers\/([a-z0-9][\w-]*)\.json$/i.exec(file)?.[1];
    return name === undefined ? [] : [withCode(parseDeclaration(files.json(file), name), files)];
  });
  const named = new Set(importers.flatMap(({ code }) => (code === undefined ? [] : [`importers/${code}`])));
  const stray = files.names.find((file) => file.endsWith(".js") && !named.has(file));
  if (stray !== undefined)
    throw new UserError(`The pack is not taken: "${stray}" is code that no importer of it declares`);
  return importers;
}

/** The importers in a folder of one's own, for a pack that is made. */
export function importersIn(folder: string): PackImporter[] {
  if (!existsSync(folder)) throw new UserError(`There is no folder ${folder}`, { where: folder });
  const text = (name: string) => readFileSync(join(folder, name.replace(/^importers\//, "")), "utf8");
  return readImporters({
    names: readdirSync(folder).map((name) => `importers/${name}`),
    text,
    json: (name) => parseJson(name, text(name)),
  });
}

function parseJson(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UserError(`${name} is not JSON`, { where: name, cause });
  }
}

function withCode(declaration: ImporterDeclaration, files: PackFiles): PackImporter {
  const { code, permissions } = declaration;
  const read = (name: string) => {
    if (files.names.includes(`importers/${name}`)) return files.text(`importers/${name}`);
    throw new UserError(`importers/${declaration.name}.json of the pack names "${name}", which is not there`);
  };
  const text = code === undefined ? undefined : read(code);
  const beside = new Map(
    permissions.files.filter((name) => name !== BOUND).map((name): [string, string] => [name, read(name)]),
  );
  const digest = createHash("sha256")
    .update(JSON.stringify([declaration, text ?? null, [...beside]]))
    .digest("hex");
  return { ...declaration, ...(text !== undefined && { text }), beside, digest };
}
