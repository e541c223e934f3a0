import type { Table } from "apache-arrow";
import type { GeometryColumn } from "./operators/geometry-column.ts";

/** A value bound to a `?` of a statement. Values never become SQL text. */
export type Parameter = string | number | bigint | boolean | null | Uint8Array;

/** How a query is run. */
export interface QueryOptions {
  readonly parameters?: readonly Parameter[];
  /** Aborting stops the running statement. */
  readonly signal?: AbortSignal | undefined;
  /** Told now and then how many rows the running statement has gone through, of how many; an engine that cannot tell says nothing. */
  readonly onRows?: ((done: number, total: number) => void) | undefined;
  /** The text was written by the user: what is wrong with it is a UserError, not a bug of ours. */
  readonly byUser?: boolean;
}

/** How shapes are queried. */
export interface ShapesOptions extends QueryOptions {
  readonly crs?: number | undefined;
  /** Whether polygons stay as they are where their rings cross. */
  readonly unrepaired?: boolean | undefined;
  /** Shapes as they were queried before; an engine that projects them itself queries them once for all systems. */
  readonly queried?: Map<string, Promise<GeometryColumn>> | undefined;
}

/** A place where SQL runs. Everything that leaves an engine is an Apache Arrow table; geometry is WKB. */
export interface Engine {
  readonly dialect: "duckdb" | "postgis";
  /** Runs one statement and returns its rows. */
  query(sql: string, options?: QueryOptions): Promise<Table>;
  /** Runs one statement for its effect. */
  run(sql: string, options?: QueryOptions): Promise<void>;
  /**
   * Runs one statement whose only column is GEOMETRY, and returns the shapes as operators take them, with polygons repaired
   * whose rings cross. With `crs`, an EPSG code, shapes in longitude and latitude are returned in that system; a shape that
   * has no place there is none.
   */
  shapes(sql: string, options?: ShapesOptions): Promise<GeometryColumn>;
  /** Puts an Arrow table under a name, replacing what had it, so that SQL can read it. */
  register(name: string, table: Table): Promise<void>;
  /** Does something during which others need the processors too: statements leave some to them. */
  besideOthers<Result>(work: () => Promise<Result>): Promise<Result>;
  close(): void;
}
