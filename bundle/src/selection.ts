/**
 * Comm target by which the views of a front end and the kernel tell each other which rows are selected and which are
 * shown. The front end opens it; the kernel first tells what it knows. Then both send {@link RowsMessage}s, a set of
 * rows as the only buffer, written by {@link encodeRows}.
 */
export const SELECTION_COMM_TARGET = "tombolo.selection";

/** Which rows a view stands for. Views with the same key show the same rows, and so share a selection. */
export interface RowsSpec {
  readonly key: string;
  /** Number of rows of the result, which may be more than are drawn. */
  readonly count: number;
}

/** What can be said of rows: that they are `selected`, or that only they are `shown`. */
export const ROW_STATES = ["selected", "shown"] as const;

/** One of {@link ROW_STATES}. */
export type RowState = (typeof ROW_STATES)[number];

/** That the state of rows has changed. Without a buffer it is taken back: nothing is selected, everything is shown. */
export interface RowsMessage {
  readonly key: string;
  readonly state: RowState;
}

/** Some rows of a result, by number, counted from 0. */
export interface RowSet {
  /** Number of rows of the result. */
  readonly count: number;
  /** One bit a row, the lowest first. */
  readonly bits: Uint8Array;
}

/** A set of rows; numbers that the result does not have are left out. */
export function rowSet(count: number, rows: Iterable<number> = []): RowSet {
  const bits = new Uint8Array(Math.ceil(count / 8));
  for (const row of rows) {
    if (Number.isInteger(row) && row >= 0 && row < count) bits[row >> 3] = (bits[row >> 3] ?? 0) | bit(row);
  }
  return { count, bits };
}

/** Whether a row is in the set. */
export function hasRow({ bits }: RowSet, row: number): boolean {
  return ((bits[row >> 3] ?? 0) & bit(row)) !== 0;
}

/** The numbers of the set's rows, rising. */
export function rowNumbers(set: RowSet): Uint32Array {
  const numbers = new Uint32Array(sizeOfRows(set));
  let found = 0;
  set.bits.forEach((byte, index) => {
    for (let rest = byte; rest !== 0; rest &= rest - 1)
      numbers[found++] = 8 * index + 31 - Math.clz32(rest & -rest);
  });
  return numbers;
}

/** Number of rows in the set. */
export function sizeOfRows({ bits }: RowSet): number {
  let size = 0;
  for (const byte of bits) for (let rest = byte; rest !== 0; rest &= rest - 1) size++;
  return size;
}

/** How a set of rows goes into another one: in its place, added, taken away, or each row the other way round. */
export type Combination = "replace" | "add" | "remove" | "toggle";

/** Two sets of rows of the same result as one; undefined when no row is left. */
export function combineRows(
  before: RowSet | undefined,
  rows: RowSet,
  combination: Combination,
): RowSet | undefined {
  const bits = rows.bits.map((added, index) => {
    const had = before?.bits[index] ?? 0;
    if (combination === "add") return had | added;
    if (combination === "remove") return had & ~added;
    return combination === "toggle" ? had ^ added : added;
  });
  return bits.some((byte) => byte !== 0) ? { count: rows.count, bits } : undefined;
}

/** Whether two sets have the same rows. */
export function sameRows(first: RowSet | undefined, second: RowSet | undefined): boolean {
  if (!first || !second) return first === second;
  return first.count === second.count && first.bits.every((byte, index) => byte === second.bits[index]);
}

const AS_BITS = 0;
const AS_STEPS = 1;

/**
 * A set of rows as bytes: a first byte, the number of the result's rows, then either the bits, or the steps from each
 * row to the next, whichever is shorter. Numbers are written seven bits a byte, the lowest first (LEB128).
 */
export function encodeRows(set: RowSet): Uint8Array<ArrayBuffer> {
  const steps: number[] = [AS_STEPS];
  writeNumber(steps, set.count);
  let last = -1;
  for (const row of rowNumbers(set)) {
    writeNumber(steps, row - last);
    last = row;
    if (steps.length > set.bits.length + 16) break;
  }
  const head = [AS_BITS];
  writeNumber(head, set.count);
  if (steps.length <= head.length + set.bits.length) return Uint8Array.from(steps);
  const bytes = new Uint8Array(head.length + set.bits.length);
  bytes.set(head);
  bytes.set(set.bits, head.length);
  return bytes;
}

const MOST_ROWS = 2 ** 31;

/** Reads what {@link encodeRows} has written. Throws a RangeError for anything else. */
export function decodeRows(bytes: Uint8Array): RowSet {
  const [kind] = bytes;
  const head = readNumber(bytes, 1);
  const count = head.value;
  if (count > MOST_ROWS) throw new RangeError("a set of rows is of more rows than there can be");
  if (kind === AS_BITS) {
    const bits = bytes.slice(head.end);
    const surplus = bits.length * 8 - count;
    if (surplus < 0 || surplus > 7 || (bits.at(-1) ?? 0) >= 2 ** (8 - surplus))
      throw new RangeError("a set of rows has not as many bits as it says");
    return { count, bits };
  }
  if (kind !== AS_STEPS) throw new RangeError("this is no set of rows");
  const set = rowSet(count);
  let row = -1;
  for (let at = head.end; at < bytes.length; ) {
    const step = readNumber(bytes, at);
    row += step.value;
    at = step.end;
    if (step.value === 0 || row >= count) throw new RangeError("a set of rows has a row that there is not");
    set.bits[row >> 3] = (set.bits[row >> 3] ?? 0) | bit(row);
  }
  return set;
}

/** A message of the selection's comm; throws a TypeError when it is none. */
export function parseRowsMessage(value: unknown): RowsMessage {
  if (typeof value !== "object" || value === null || !("key" in value) || !("state" in value))
    throw new TypeError("a message of rows has a key and a state");
  const { key } = value;
  const state = ROW_STATES.find((each) => each === value.state);
  if (typeof key !== "string" || !state) throw new TypeError("a message of rows has no such state");
  return { key, state };
}

const bit = (row: number): number => 1 << (row & 7);

function writeNumber(bytes: number[], value: number): void {
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  bytes.push(rest);
}

function readNumber(bytes: Uint8Array, start: number): { value: number; end: number } {
  let value = 0;
  for (let at = start, factor = 1; at < start + 5; at++, factor *= 128) {
    const byte = bytes[at];
    if (byte === undefined) break;
    value += (byte & 127) * factor;
    if (byte < 128) return { value, end: at + 1 };
  }
  throw new RangeError("a set of rows ends in the middle of a number");
}
