import { accessSync, constants, existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { openDuckDB } from "../engine/duckdb.ts";
import { importers } from "../importers/index.ts";
import { openStore } from "../store/store.ts";
import { listDatasources } from "./listing.ts";

/** One thing that was looked at. */
export interface Finding {
  readonly name: string;
  readonly isSound: boolean;
  readonly detail: string;
}

/** Looks whether what Tombolo needs is in place: Node, DuckDB with its spatial extension, importers, the store in a folder. */
export async function examine(folder: string): Promise<readonly Finding[]> {
  return [
    node(),
    await look("DuckDB", duckdb),
    await look("Importers", loadImporters),
    await look("Store", () => store(folder)),
  ];
}

function node(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const isSound = major > 20 || (major === 20 && minor >= 19);
  return {
    name: "Node",
    isSound,
    detail: `${process.version}${isSound ? "" : ", but 20.19 is the oldest that works"}`,
  };
}

async function look(name: string, work: () => Promise<string>): Promise<Finding> {
  try {
    return { name, isSound: true, detail: await work() };
  } catch (error) {
    return { name, isSound: false, detail: error instanceof Error ? error.message : String(error) };
  }
}

async function duckdb(): Promise<string> {
  const engine = await openDuckDB();
  try {
    const versions = await engine.query(
      "SELECT version() AS duckdb, (SELECT extension_version FROM duckdb_extensions() WHERE extension_name = 'spatial' AND loaded) AS spatial",
    );
    return `${versions.getChild("duckdb")?.get(0)} with spatial ${versions.getChild("spatial")?.get(0)}`;
  } finally {
    engine.close();
  }
}

async function loadImporters(): Promise<string> {
  const listed = await listDatasources();
  return `${Object.keys(importers).length} with ${listed.length} datasources`;
}

async function store(folder: string): Promise<string> {
  const path = resolve(folder);
  if (!existsSync(path)) {
    accessSync(dirname(path), constants.W_OK);
    return `${path} is not there yet and will be made`;
  }
  const warnings: string[] = [];
  const opened = await openStore(path, { onWarning: (sentence) => warnings.push(sentence) });
  try {
    if (warnings.length > 0) throw new Error(warnings.join(" "));
    return `${path} holds ${opened.datasets().length} datasets`;
  } finally {
    opened.close();
  }
}
