import type { DuckDBConnection, DuckDBInstance, DuckDBValue } from "@duckdb/node-api";
import type { Table } from "apache-arrow";
import { UserError } from "../errors.ts";
import type { Engine, Parameter, QueryOptions, ShapesOptions } from "./engine.ts";
import { fetchShapes } from "./fetch-shapes.ts";
import { whileNobodyForks } from "./fork-lock.ts";
import type { GeometryColumn } from "./operators/geometry-column.ts";
import { quoteIdentifier, quoteLiteral } from "./quote.ts";
import { findSpatialExtension } from "./spatial-extension.ts";
import { StatementQueue } from "./statement-queue.ts";
import { ThreadShare } from "./thread-share.ts";

/** How DuckDB is opened. */
export interface DuckDBOptions {
  /** Most memory that DuckDB takes, such as `2GB`. */
  readonly memoryLimit?: string;
  /** Folder for what does not fit into memory, made when it is needed; without one nothing goes to the disk. */
  readonly temporaryFolder?: string;
}

/** DuckDB counts rows only while it has a progress bar, which is not to be printed. */
const COUNTING = "SET enable_progress_bar = true; SET enable_progress_bar_print = false";

/** Opens an in-memory DuckDB with its spatial extension. Throws a UserError when the extension cannot be found. */
export async function openDuckDB(options: DuckDBOptions = {}): Promise<Engine> {
  const { DuckDBInstance } = await import("@duckdb/node-api");
  const extension = findSpatialExtension();
  const settings = {
    // To verify the signature of 80 MB takes longer than all else of the start. The file comes with the Python packages, as
    // DuckDB itself comes with the npm packages and is not verified either.
    ...(extension !== undefined && { allow_unsigned_extensions: "true" }),
    ...(options.memoryLimit && { memory_limit: options.memoryLimit }),
    // DuckDB's own choice is a folder in the current one, where rows of closed data could be left behind.
    temp_directory: options.temporaryFolder ?? "",
  };
  const instance = await DuckDBInstance.create(":memory:", settings);
  const connection = await instance.connect();
  await connection.run(COUNTING);
  await loadSpatial(connection, instance, extension);
  return new DuckDBEngine(connection, instance);
}

async function loadSpatial(
  connection: DuckDBConnection,
  instance: DuckDBInstance,
  path: string | undefined,
): Promise<void> {
  try {
    await whileNobodyForks(() => connection.run(path ? `LOAD ${quoteLiteral(path)}` : "LOAD spatial"));
    // For good: DuckDB does not let it be allowed again, so SQL of users loads signed extensions only.
    await connection.run("SET allow_unsigned_extensions = false");
  } catch (cause) {
    connection.closeSync();
    instance.closeSync();
    throw new UserError("DuckDB's spatial extension cannot be loaded", {
      hint: "Run npm start in the checkout, or pip install duckdb-extension-spatial==1.5.5 and set TOMBOLO_SPATIAL_EXTENSION to its file.",
      cause,
    });
  }
}

/** One in-memory DuckDB. */
class DuckDBEngine implements Engine {
  readonly dialect = "duckdb";
  readonly #instance: DuckDBInstance;
  readonly #statements: StatementQueue;
  readonly #threads: ThreadShare;
  #beside: Promise<StatementQueue> | undefined;

  constructor(connection: DuckDBConnection, instance: DuckDBInstance) {
    this.#statements = new StatementQueue(connection);
    this.#threads = new ThreadShare(this.#statements);
    this.#instance = instance;
  }

  query(sql: string, options: QueryOptions = {}): Promise<Table> {
    return this.#statements.add(options, async (connection) => {
      const result = await connection.run(sql, await toValues(options.parameters));
      const chunks = await result.fetchAllChunks();
      const { arrowFromChunks } = await import("./arrow-from-chunks.ts");
      const table = arrowFromChunks(result.deduplicatedColumnNames(), result.columnTypes(), chunks);
      // Their memory would else wait for the collection of garbage.
      for (const chunk of chunks) chunk.reset();
      return table;
    });
  }

  /** The next statement need only wait until the shapes have come: what is made of them is made beside. */
  async shapes(sql: string, options: ShapesOptions = {}): Promise<GeometryColumn> {
    const read = (select: string) => this.#readShapes(select, options);
    const key = JSON.stringify([sql, options.parameters]);
    // Asked for before anything is loaded: statements run in the order in which they are asked for.
    const reading = options.queried?.get(key) ?? read(sql);
    options.queried?.set(key, reading);
    const shapes = await reading;
    const { finishShapes } = await import("./finish-shapes.ts");
    return finishShapes(shapes, {
      ...options,
      sql,
      read,
      beside: async (work) => (await this.#openBeside()).add(options, work),
    });
  }

  async #readShapes(sql: string, options: ShapesOptions): Promise<GeometryColumn> {
    const chunks = await this.#statements.add(options, async (connection) =>
      fetchShapes(connection, sql, await toValues(options.parameters)),
    );
    const { columnFromChunks } = await import("./read-shapes.ts");
    return columnFromChunks(chunks);
  }

  run(sql: string, options: QueryOptions = {}): Promise<void> {
    return this.#statements.add(options, async (connection) => {
      await connection.run(sql, await toValues(options.parameters));
    });
  }

  register(name: string, table: Table): Promise<void> {
    return this.#statements.add({}, async (connection) => {
      const { registerTable } = await import("./register.ts");
      await registerTable(connection, quoteIdentifier(name), table);
    });
  }

  besideOthers<Result>(work: () => Promise<Result>): Promise<Result> {
    return this.#threads.halve(work);
  }

  close(): void {
    this.#statements.close();
    void this.#beside?.then((queue) => queue.close());
    this.#instance.closeSync();
  }

  /** A second connection, for statements that read no tables of the first. */
  #openBeside(): Promise<StatementQueue> {
    this.#beside ??= this.#instance.connect().then((connection) => new StatementQueue(connection));
    return this.#beside;
  }
}

async function toValues(parameters: readonly Parameter[] | undefined): Promise<DuckDBValue[] | undefined> {
  if (!parameters || parameters.length === 0) return undefined;
  const { DuckDBBlobValue } = await import("@duckdb/node-api");
  return parameters.map((value) => (value instanceof Uint8Array ? new DuckDBBlobValue(value) : value));
}
