import type { Table } from "apache-arrow";
import type { Client } from "pg";
import { UserError } from "../../errors.ts";
import type { Engine, Parameter, QueryOptions, ShapesOptions } from "../engine.ts";
import type { GeometryColumn } from "../operators/geometry-column.ts";
import { quoteIdentifier } from "../quote.ts";
import { arrowFromRows, wkbOf } from "./arrow.ts";
import { insertTable } from "./insert.ts";
import { SETUP } from "./setup.ts";

/** Where a database with PostGIS is; what is left out is as libpq has it. */
export interface PostgisOptions {
  /** Name or address of the server, or the folder of its socket. */
  readonly host?: string;
  readonly port?: number;
  readonly database?: string;
  readonly user?: string;
  readonly password?: string;
}

/** Connects to a PostgreSQL that has PostGIS. Throws a UserError when there is none. */
export async function openPostgis(options: PostgisOptions = {}): Promise<Engine> {
  const { default: pg } = await import("pg");
  const client = new pg.Client({ ...options });
  try {
    await client.connect();
    await client.query(SETUP);
    const found = await client.query("SELECT 'geometry'::regtype::oid AS oid, pg_backend_pid() AS backend");
    const { oid, backend } = found.rows[0] ?? {};
    return new PostgisEngine(client, Number(oid), Number(backend), options);
  } catch (cause) {
    await client.end().catch(() => undefined);
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UserError(`PostGIS cannot be used at ${options.host ?? "localhost"}: ${reason}`, {
      hint: "PostgreSQL must run there with the extension PostGIS, and the user must be allowed to create a schema.",
      cause,
    });
  }
}

/** One session of a PostgreSQL with PostGIS. */
class PostgisEngine implements Engine {
  readonly dialect = "postgis";
  readonly #client: Client;
  readonly #geometry: number;
  readonly #backend: number;
  readonly #options: PostgisOptions;
  #last: Promise<unknown> = Promise.resolve();

  constructor(client: Client, geometry: number, backend: number, options: PostgisOptions) {
    this.#client = client;
    this.#geometry = geometry;
    this.#backend = backend;
    this.#options = options;
  }

  async query(sql: string, options: QueryOptions = {}): Promise<Table> {
    const { fields, rows } = await this.#send(sql, options);
    return arrowFromRows(fields, rows, this.#geometry);
  }

  async run(sql: string, options: QueryOptions = {}): Promise<void> {
    await this.#send(sql, options);
  }

  async shapes(sql: string, options: ShapesOptions = {}): Promise<GeometryColumn> {
    const { columnFromWkb } = await import("../operators/geometry-column-builder.ts");
    const { crs, unrepaired } = options;
    const shape = crs === undefined || crs === 4326 ? "shape" : `ST_Transform(shape, ${Math.trunc(crs)})`;
    const valid = unrepaired
      ? shape
      : `CASE WHEN ST_IsValid(${shape}) THEN ${shape} ELSE ST_MakeValid(${shape}) END`;
    const { rows } = await this.#send(`SELECT ${valid} FROM (${sql}) AS shapes(shape)`, options);
    return columnFromWkb(rows.map(([value]) => (typeof value === "string" ? wkbOf(value) : null)));
  }

  async register(name: string, table: Table): Promise<void> {
    await this.#enqueue({}, () => insertTable(this.#client, quoteIdentifier(name), table));
  }

  /** Its server has threads and processors of its own. */
  besideOthers<Result>(work: () => Promise<Result>): Promise<Result> {
    return work();
  }

  close(): void {
    this.#client.end().catch(() => undefined);
  }

  #send(sql: string, options: QueryOptions) {
    return this.#enqueue(options, async () => {
      const { text, values } = bind(sql, options.parameters ?? [], (value) =>
        this.#client.escapeLiteral(value),
      );
      const result = await this.#client.query({
        text,
        values: [...values],
        rowMode: "array",
        types: AS_TEXT,
      });
      const rows: readonly (readonly unknown[])[] = result.rows;
      return { fields: result.fields, rows };
    });
  }

  /** A session runs one statement at a time; aborting asks the server, by another session, to stop it. */
  #enqueue<Result>({ signal, byUser }: QueryOptions, work: () => Promise<Result>): Promise<Result> {
    const run = async () => {
      signal?.throwIfAborted();
      const cancel = () => void this.#cancel();
      signal?.addEventListener("abort", cancel);
      try {
        return await work();
      } catch (error) {
        signal?.throwIfAborted();
        if (!byUser) throw error;
        throw new UserError(`SQL: ${error instanceof Error ? error.message : String(error)}`, {
          cause: error,
        });
      } finally {
        signal?.removeEventListener("abort", cancel);
      }
    };
    const result = this.#last.then(run, run);
    this.#last = result;
    return result;
  }

  async #cancel(): Promise<void> {
    const { default: pg } = await import("pg");
    const other = new pg.Client({ ...this.#options });
    await other.connect();
    await other.query("SELECT pg_cancel_backend($1)", [this.#backend]);
    await other.end();
  }
}

/** Values come as the text that PostgreSQL writes; {@link arrowFromRows} reads them. */
const AS_TEXT = { getTypeParser: () => (value: string) => value };

/** A statement that makes a table takes no bound values: there they are written as literals, which the client quotes. */
function bind(sql: string, parameters: readonly Parameter[], quote: (value: string) => string) {
  const inline = /^\s*CREATE\b/i.test(sql);
  let next = 0;
  // A question mark in a quoted text or name is none of ours.
  const text = sql.replace(/'(?:[^']|'')*'|"(?:[^"]|"")*"|\?/g, (piece) => {
    if (piece !== "?") return piece;
    const value = parameters[next++];
    if (!inline) return `$${next}`;
    if (value === null || value === undefined) return "NULL";
    if (value instanceof Uint8Array) return `'\\x${Buffer.from(value).toString("hex")}'::bytea`;
    return typeof value === "string" ? quote(value) : String(value);
  });
  const values = inline
    ? []
    : parameters.map((value) => (value instanceof Uint8Array ? Buffer.from(value) : value));
  return { text, values };
}
