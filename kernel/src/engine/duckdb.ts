import type { DuckDBConnection, DuckDBInstance, DuckDBValue } from "@duckdb/node-api";
import type { Table } from "apache-arrow";
import { type TextPlace, UserError } from "../errors.ts";
import type { Engine, Parameter, QueryOptions } from "./engine.ts";
import type { GeometryColumn } from "./operators/geometry-column.ts";
import { quoteIdentifier, quoteLiteral } from "./quote.ts";
import { registerTable } from "./register.ts";
import { findSpatialExtension } from "./spatial-extension.ts";

/** How DuckDB is opened. */
export interface DuckDBOptions {
  /** Most memory that DuckDB takes, such as `2GB`. */
  readonly memoryLimit?: string;
  /** Folder for what does not fit into memory, made when it is needed; without one nothing goes to the disk. */
  readonly temporaryFolder?: string;
}

/** Milliseconds between two looks at how far a statement is. */
const INTERVAL = 100;

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
    await connection.run(path ? `LOAD ${quoteLiteral(path)}` : "LOAD spatial");
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

/** One in-memory DuckDB. A connection runs one statement at a time, so statements wait for each other here. */
class DuckDBEngine implements Engine {
  readonly dialect = "duckdb";
  #connection: DuckDBConnection;
  #instance: DuckDBInstance;
  #last: Promise<unknown> = Promise.resolve();

  constructor(connection: DuckDBConnection, instance: DuckDBInstance) {
    this.#connection = connection;
    this.#instance = instance;
  }

  query(sql: string, options: QueryOptions = {}): Promise<Table> {
    return this.#enqueue(options, async () => {
      const result = await this.#connection.run(sql, await toValues(options.parameters));
      const chunks = await result.fetchAllChunks();
      const { arrowFromChunks } = await import("./arrow.ts");
      return arrowFromChunks(result.deduplicatedColumnNames(), result.columnTypes(), chunks);
    });
  }

  async shapes(sql: string, options: QueryOptions & { readonly crs?: number } = {}): Promise<GeometryColumn> {
    const reading = import("./read-shapes.ts");
    const shapes = await this.#enqueue(options, async () => {
      const { queryShapes } = await reading;
      const parameters = await toValues(options.parameters);
      return queryShapes({ connection: this.#connection, sql, parameters, crs: options.crs });
    });
    // Polygons are checked in other threads: the next statement need not wait for them.
    const { repairPolygons } = await reading;
    const repair = (shape: Uint8Array) =>
      this.#enqueue(options, async () => (await reading).repairShape(this.#connection, shape));
    return repairPolygons(shapes, repair, options.signal);
  }

  run(sql: string, options: QueryOptions = {}): Promise<void> {
    return this.#enqueue(options, async () => {
      await this.#connection.run(sql, await toValues(options.parameters));
    });
  }

  register(name: string, table: Table): Promise<void> {
    return this.#enqueue({}, () => registerTable(this.#connection, quoteIdentifier(name), table));
  }

  close(): void {
    this.#connection.closeSync();
    this.#instance.closeSync();
  }

  #tellRows({ onRows }: QueryOptions): void {
    const { percentage, rows_processed, total_rows_to_process } = this.#connection.progress;
    // Before the first rows are through, the percentage is negative.
    if (percentage >= 0) onRows?.(Number(rows_processed), Number(total_rows_to_process));
  }

  #enqueue<Result>(options: QueryOptions, work: () => Promise<Result>): Promise<Result> {
    const run = async () => {
      const { signal } = options;
      signal?.throwIfAborted();
      const interrupt = () => this.#connection.interrupt();
      signal?.addEventListener("abort", interrupt);
      const counting = options.onRows && setInterval(() => this.#tellRows(options), INTERVAL);
      try {
        return await work();
      } catch (error) {
        signal?.throwIfAborted();
        throw options.byUser ? explain(error) : error;
      } finally {
        clearInterval(counting);
        signal?.removeEventListener("abort", interrupt);
      }
    };
    const result = this.#last.then(run, run);
    this.#last = result;
    return result;
  }
}

async function toValues(parameters: readonly Parameter[] | undefined): Promise<DuckDBValue[] | undefined> {
  if (!parameters || parameters.length === 0) return undefined;
  const { DuckDBBlobValue } = await import("@duckdb/node-api");
  return parameters.map((value) => (value instanceof Uint8Array ? new DuckDBBlobValue(value) : value));
}

/** DuckDB's own sentence about the user's SQL, with the line and the mark under it where DuckDB gives them. */
function explain(error: unknown): UserError {
  const text = error instanceof Error ? error.message : String(error);
  return new UserError(`SQL: ${text.trim()}`, { place: placeIn(text), cause: error });
}

/** The place that DuckDB marks. Of a long line it shows a part only, which begins with dots: then the column is not known. */
function placeIn(text: string): TextPlace | undefined {
  const [, head = "", number, shown = "", blanks = ""] = /^((?:LINE (\d+): ))(.*)\n( *)\^/m.exec(text) ?? [];
  if (number === undefined) return undefined;
  const column = shown.startsWith("...") ? undefined : blanks.length - head.length + 1;
  return { line: Number(number), column };
}
