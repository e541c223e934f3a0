import type { Kernel } from "@jupyterlab/services";
import {
  type ColumnStatistics,
  decodeRows,
  parseTableAnswer,
  parseTableSpec,
  type RowSet,
  TABLE_COMM_TARGET,
  type TableAnswer,
  type TableQuery,
  type TableRequest,
  type TableSpec,
} from "@tombolo/bundle";
import { tableFromIPC } from "@uwdata/flechette";
import { bufferOf, closeComm } from "../output/blobs.ts";

/** A row as it is shown. */
export interface ShownRow {
  /** Its number in the result. */
  readonly row: number;
  /** Text of each cell; null when the value is missing. */
  readonly texts: readonly (string | null)[];
}

/** Some rows of a query, and how many it finds in all. */
export interface Page {
  readonly count: number;
  readonly rows: readonly ShownRow[];
}

/** A question to the kernel that it could not understand; its message is for the person who wrote it. */
export class QueryMistake extends Error {}

type Wanted = TableRequest extends infer Each ? (Each extends unknown ? Omit<Each, "number"> : never) : never;
type Waiting = { resolve(answer: [TableAnswer, Uint8Array | undefined]): void; reject(error: Error): void };

/** A table's rows, read from the kernel. */
export class TableSource {
  /** What the table shows. */
  readonly spec: TableSpec;
  readonly #kernel: Kernel.IKernelConnection;
  readonly #comm: Kernel.IComm;
  readonly #waiting = new Map<number, Waiting>();
  #number = 0;

  private constructor(kernel: Kernel.IKernelConnection, comm: Kernel.IComm, spec: TableSpec) {
    this.#kernel = kernel;
    this.#comm = comm;
    this.spec = spec;
  }

  /** Opens a table of the kernel's; rejects when the kernel does not have it. */
  static open(kernel: Kernel.IKernelConnection, plan: string): Promise<TableSource> {
    const comm = kernel.createComm(TABLE_COMM_TARGET);
    let source: TableSource | undefined;
    return new Promise((resolve, reject) => {
      comm.onMsg = (message) => {
        const { data } = message.content;
        if (source) source.#receive(parseTableAnswer(data), bufferOf(message));
        else {
          source = new TableSource(kernel, comm, parseTableSpec(data["ready"]));
          resolve(source);
        }
      };
      comm.onClose = () => {
        reject(new Error("the kernel no longer has this table"));
        source?.giveUp();
      };
      comm.open({ plan });
    });
  }

  async rows(query: TableQuery, start: number, end: number): Promise<Page> {
    const [answer, bytes] = await this.#ask({ want: "rows", query, start, end });
    if (answer.give !== "rows" || !bytes) throw new Error("the kernel gave no rows");
    const table = tableFromIPC(bytes);
    const cells = table.names.filter((name) => name !== "row").map((name) => table.getChild(name));
    const numbers = table.getChild("row");
    const rows = Array.from({ length: table.numRows }, (_, at) => ({
      row: Number(numbers?.at(at)),
      texts: cells.map((cell) => {
        const text: unknown = cell?.at(at);
        return text === null || text === undefined ? null : String(text);
      }),
    }));
    return { count: answer.count, rows };
  }

  async statistics(query: TableQuery, column: string): Promise<ColumnStatistics> {
    const [answer] = await this.#ask({ want: "statistics", query, column });
    if (answer.give !== "statistics") throw new Error("the kernel gave no figures");
    return answer.statistics;
  }

  /** All rows that the query finds. */
  async found(query: TableQuery): Promise<RowSet> {
    const [answer, bytes] = await this.#ask({ want: "found", query });
    if (answer.give !== "found" || !bytes) throw new Error("the kernel found no rows");
    return decodeRows(bytes);
  }

  /** Rejects what the kernel has not answered. */
  giveUp(): void {
    for (const { reject } of this.#waiting.values()) reject(new Error("the kernel has ended"));
  }

  close(): void {
    closeComm(this.#comm, this.#kernel);
  }

  #ask(wanted: Wanted): Promise<[TableAnswer, Uint8Array | undefined]> {
    this.#number += 1;
    const number = this.#number;
    return new Promise((resolve, reject) => {
      this.#waiting.set(number, { resolve, reject });
      this.#comm.send(JSON.parse(JSON.stringify({ ...wanted, number })));
    });
  }

  #receive(answer: TableAnswer, bytes: Uint8Array | undefined): void {
    const waiting = this.#waiting.get(answer.number);
    this.#waiting.delete(answer.number);
    if (answer.give === "mistake") waiting?.reject(new QueryMistake(answer.message));
    else waiting?.resolve([answer, bytes]);
  }
}
