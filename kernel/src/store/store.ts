import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Access, strictest } from "@tombolo/bundle/access";
import { openDuckDB } from "../engine/duckdb.ts";
import type { Engine } from "../engine/engine.ts";
import { quoteIdentifier } from "../engine/quote.ts";
import { rowsOf } from "../engine/rows.ts";
import { UserError } from "../errors.ts";
import type { Work } from "../progress.ts";
import {
  type Dataset,
  DatasetReader,
  describeDamage,
  importsFolder,
  partialFolder,
  removeAbandoned,
  type StoreContent,
} from "./datasets.ts";
import type { Attribute, SubjectType } from "./manifest.ts";
import { announceReader, otherReaders } from "./processes.ts";
import { type Relation, storeRelations } from "./relations.ts";
import type { UnitOfRecord } from "./unit-of-record.ts";
import { storeViews, takenNames } from "./views.ts";

/** A subject type of the store with where it comes from and who may see it. */
export interface CatalogueSubjectType extends SubjectType {
  readonly access: Access;
  /** Publisher's line about source and licence. */
  readonly source: string;
  /** What one record is about, where it is known. */
  readonly unitOfRecord?: UnitOfRecord;
  /** Year of the boundaries, where the importer knows it. */
  readonly vintage?: string;
}

/** An attribute of the store with who may see its values. */
export interface CatalogueAttribute extends Attribute {
  readonly access: Access;
  readonly source: string;
  /** Whether some of its values have times and others have none. */
  readonly isMixed?: boolean;
  /** Year of the boundaries of the areas that it is measured for, where the importer knows it. */
  readonly vintage?: string;
}

/** What a store holds, without its values. */
export interface Catalogue {
  readonly subjectTypes: readonly CatalogueSubjectType[];
  readonly attributes: readonly CatalogueAttribute[];
}

/**
 * Everything imported, as a folder of immutable GeoParquet datasets read by an in-memory DuckDB. Several processes may
 * use one folder at once: a dataset appears whole, by a rename, or not at all. A folder that cannot be written can be read.
 */
export interface Store {
  readonly folder: string;
  readonly engine: Engine;
  /** Complete datasets, oldest first. */
  datasets(): readonly Dataset[];
  /** The same with what does not count: replaced and damaged folders. */
  content(): StoreContent;
  catalogue(): Catalogue;
  /** Who may see what SQL reads under each name of the store. */
  relations(): ReadonlyMap<string, Relation>;
  /** Looks at the folder again and lets SQL see what other processes have added. */
  refresh(): Promise<void>;
  close(): void;
}

/** How often a store is looked at again that others change meanwhile. */
const MOST_ATTEMPTS = 5;

let opened = 0;

/** Opens the store in a folder, making the folder when it is not there. */
export async function openStore(folder: string, work: Work = {}): Promise<Store> {
  const path = resolve(folder);
  const withdraw = enter(path);
  const temporary = join(partialFolder(path), `engine-${++opened}-${process.pid}`);
  const engine = await openDuckDB({ temporaryFolder: temporary });
  const store = new FolderStore(path, engine, withdraw, work);
  await store.refresh();
  return store;
}

/** Makes the folders of a store, clears away what is abandoned there, and says that this process reads it; in one that can only be read, nothing. */
function enter(store: string): () => void {
  try {
    for (const folder of [importsFolder(store), partialFolder(store)]) mkdirSync(folder, { recursive: true });
    const withdraw = announceReader(store);
    removeAbandoned(store);
    otherReaders(store);
    return withdraw;
  } catch (cause) {
    if (canRead(importsFolder(store))) return () => undefined;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UserError(`The store cannot be opened at ${store}: ${reason}`, {
      hint: "Set TOMBOLO_STORE to a folder that can be written.",
      cause,
    });
  }
}

function canRead(folder: string): boolean {
  try {
    readdirSync(folder);
    return true;
  } catch {
    return false;
  }
}

class FolderStore implements Store {
  readonly folder: string;
  readonly engine: Engine;
  readonly #warned = new Set<string>();
  readonly #onWarning: (sentence: string) => void;
  readonly #reader: DatasetReader;
  readonly #withdraw: () => void;
  #content: StoreContent = { datasets: [], superfluous: [], damaged: new Map() };
  #seen: string | undefined;
  #views: ReadonlySet<string> = new Set();
  #relations: ReadonlyMap<string, Relation> = new Map();

  constructor(folder: string, engine: Engine, withdraw: () => void, { onWarning }: Work) {
    this.folder = folder;
    this.engine = engine;
    this.#reader = new DatasetReader(folder);
    this.#withdraw = withdraw;
    this.#onWarning = (sentence) => {
      if (this.#warned.has(sentence)) return;
      this.#warned.add(sentence);
      onWarning?.(sentence);
    };
  }

  datasets(): readonly Dataset[] {
    return this.#content.datasets;
  }

  content(): StoreContent {
    return this.#content;
  }

  catalogue(): Catalogue {
    return catalogueOf(this.#content.datasets);
  }

  relations(): ReadonlyMap<string, Relation> {
    return this.#relations;
  }

  async refresh(): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      const content = this.#reader.read();
      try {
        return await this.#show(content);
      } catch (error) {
        // Another process may have cleared the store since it was looked at.
        const isGone = content.datasets.some(({ folder }) => !existsSync(folder));
        if (!isGone || attempt === MOST_ATTEMPTS) throw error;
      }
    }
  }

  async #show(content: StoreContent): Promise<void> {
    for (const [name, reason] of content.damaged) this.#onWarning(describeDamage(name, reason));
    const seen = content.datasets.map(({ name, folder }) => `${name} ${folder}`).join("\n");
    if (seen !== this.#seen) await this.#makeViews(content);
    this.#content = content;
    this.#seen = seen;
  }

  async #makeViews({ datasets }: StoreContent): Promise<void> {
    const tables = await this.engine.query("SELECT table_name AS name FROM duckdb_tables() WHERE temporary");
    const reserved = rowsOf(tables).map(({ name }) => String(name));
    const views = storeViews(datasets, reserved);
    const names = new Set(views.map(([name]) => name));
    // A view that the notebook's own table has hidden is gone already.
    for (const name of this.#views)
      if (!names.has(name) && !reserved.includes(name))
        await this.engine.run(`DROP VIEW IF EXISTS temp.${quoteIdentifier(name)}`);
    const made = views.map(
      ([name, select]) => `CREATE OR REPLACE TEMP VIEW ${quoteIdentifier(name)} AS ${select}`,
    );
    await this.engine.run(made.join("; "));
    this.#views = names;
    this.#relations = storeRelations(datasets, takenNames(reserved));
  }

  close(): void {
    this.engine.close();
    this.#withdraw();
  }
}

/** A subject type in two datasets is listed once, with the newest name and the strictest label. */
function catalogueOf(datasets: readonly Dataset[]): Catalogue {
  const subjectTypes = new Map<string, CatalogueSubjectType>();
  const attributes = new Map<string, CatalogueAttribute>();
  for (const { manifest } of datasets) {
    const { access, attribution: source, vintage } = manifest;
    const own = { source, ...(vintage !== undefined && { vintage }) };
    for (const type of manifest.subjectTypes) {
      const key = JSON.stringify([type.provider, type.label]);
      const before = subjectTypes.get(key);
      const unit = manifest.unitOfRecord;
      subjectTypes.set(key, {
        ...type,
        ...own,
        ...(unit && { unitOfRecord: unit }),
        access: strictest([access, before?.access ?? "public"]),
      });
    }
    for (const attribute of manifest.attributes) {
      const key = JSON.stringify([attribute.provider, attribute.label]);
      const before = attributes.get(key);
      const isMixed = before && (before.isMixed || before.values !== attribute.values);
      attributes.set(key, {
        ...attribute,
        ...own,
        ...(isMixed && { isMixed }),
        access: strictest([access, before?.access ?? "public"]),
      });
    }
  }
  return { subjectTypes: [...subjectTypes.values()], attributes: [...attributes.values()] };
}
