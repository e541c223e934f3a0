import { deflateRawSync } from "node:zlib";
import type { ColumnType, LayerValues, MapColumn } from "@tombolo/bundle";
import { togetherByPlace } from "@tombolo/bundle/byte-places";
import type { Field, Table } from "apache-arrow";
import { columnMetadata } from "../engine/columns.ts";
import { describeColumn, findColumn, isNumeric, numbersOf, textsOf } from "../engine/result-columns.ts";
import type { Blobs } from "../picture/blobs.ts";
import type { FeatureRows } from "./rows.ts";

/** All columns of a map together are sent up to this size; beyond it only those that are shown. */
const MOST_BYTES = 32_000_000;

/** How columns are written where it is not as the table says, by their names. */
interface ColumnTexts {
  readonly formats?: Readonly<Record<string, string>> | undefined;
  readonly units?: Readonly<Record<string, string>> | undefined;
}

/** The columns of a layer: read from the table once, put into the blobs once. */
export class LayerColumns {
  readonly #table: Table;
  readonly #features: FeatureRows;
  readonly #formats: ReadonlyMap<string, string>;
  readonly #units: ReadonlyMap<string, string>;
  /** Column that says where the values of others were taken out, and which others. */
  readonly #suppressed: { readonly column: string; readonly of: readonly string[] } | undefined;
  readonly #flags = new Map<string, Uint8Array | undefined>();
  readonly #described = new Map<string, MapColumn>();
  readonly #numbers = new Map<string, Float32Array | Float64Array>();
  readonly #texts = new Map<string, (string | null)[]>();
  #bytes = 0;

  constructor(
    table: Table,
    features: FeatureRows,
    { formats = {}, units = {} }: ColumnTexts = {},
    suppressed?: { readonly column: string; readonly of: readonly string[] },
  ) {
    this.#table = table;
    this.#features = features;
    this.#formats = new Map(Object.entries(formats));
    this.#units = new Map(Object.entries(units));
    this.#suppressed = suppressed;
    if (suppressed) findColumn(table, suppressed.column);
  }

  /** The columns that were added, in the order of the table. */
  list(): MapColumn[] {
    const order = this.#table.schema.fields.map(({ name }) => name);
    return [...this.#described.values()].sort(
      (one, other) => order.indexOf(one.name) - order.indexOf(other.name),
    );
  }

  /** Takes a column that is shown. */
  add(field: Field, blobs: Blobs): void {
    if (this.#described.has(field.name)) return;
    const numeric = isNumeric(field);
    const numbers = numeric ? this.allNumbers(field.name) : undefined;
    const { bytes, packed } = numbers ? packNumbers(numbers) : packTexts(this.allTexts(field.name));
    this.#bytes += bytes.byteLength;
    const type: ColumnType = numbers ? (numbers instanceof Float32Array ? "f32" : "f64") : "text";
    const taken = this.#flagsOf(field.name);
    const described = describeColumn(this.#table, field);
    this.#described.set(field.name, {
      ...described,
      format: this.#formats.get(field.name) ?? described.format,
      unit: this.#units.get(field.name) ?? described.unit,
      ...{ type, values: blobs.add(bytes), dated: numeric && this.#features.dated !== undefined },
      ...(packed && { packed }),
      ...(taken && { suppressed: blobs.add(taken) }),
    });
  }

  /** Takes a column that could be shown, unless the map would grow too large. */
  offer(field: Field, blobs: Blobs): void {
    const steps = this.#features.dated?.time.steps.length ?? 1;
    if (this.#bytes + 4 * steps * this.#features.count <= MOST_BYTES) this.add(field, blobs);
  }

  /** Names of the features, or their labels, as a blob. */
  addTexts(texts: readonly (string | null)[], blobs: Blobs): string {
    return blobs.add(deflate(JSON.stringify(texts)));
  }

  /** Numbers at all times, NaN where there is none; single precision where that keeps every value readable. */
  allNumbers(name: string): Float32Array | Float64Array {
    const known = this.#numbers.get(name);
    if (known) return known;
    const values = numbersOf(this.#table, name);
    const numbers = narrow(Float64Array.from(this.#rows(), (row) => values[row] ?? Number.NaN));
    const flags = this.#flagsOf(name);
    if (flags) for (let at = 0; at < numbers.length; at++) if (flags[at]) numbers[at] = Number.NaN;
    this.#numbers.set(name, numbers);
    return numbers;
  }

  /** Texts of each feature; those of a dated layer do not change. */
  allTexts(name: string): (string | null)[] {
    const known = this.#texts.get(name);
    if (known) return known;
    const all = textsOf(this.#table, findColumn(this.#table, name).name);
    const texts = Array.from(this.#features.rows, (row) => all[row] ?? null);
    this.#texts.set(name, texts);
    return texts;
  }

  /** The values at one time. */
  at(step: number): LayerValues {
    const { count, dated } = this.#features;
    const [start, end] = dated ? [step * count, (step + 1) * count] : [0, count];
    return {
      count,
      numbers: (column) => this.allNumbers(column).subarray(start, end),
      texts: (column) => this.allTexts(column),
      suppressed: (column) => this.#flagsOf(column)?.subarray(start, end),
    };
  }

  #rows(): Uint32Array | Int32Array {
    return this.#features.dated?.rows ?? this.#features.rows;
  }

  /** 1 for each value of a column that was taken out; undefined when none was, or nobody says so. */
  #flagsOf(name: string): Uint8Array | undefined {
    if (!this.#flags.has(name)) this.#flags.set(name, this.#readFlags(name));
    return this.#flags.get(name);
  }

  #readFlags(name: string): Uint8Array | undefined {
    const own = columnMetadata(findColumn(this.#table, name)).marks;
    const told = this.#suppressed?.of.includes(name) ? this.#suppressed.column : undefined;
    const marks = told ?? own;
    if (marks === undefined || !this.#table.getChild(marks)) return undefined;
    const texts = textsOf(this.#table, marks);
    const flags = Uint8Array.from(this.#rows(), (row) => (isSet(texts[row] ?? null) ? 1 : 0));
    return flags.includes(1) ? flags : undefined;
  }
}

/** Marks that take nothing out: none at all, and the statistical offices' signs for what was never available and what comes from few. */
const NO_MARKS = new Set(["", "false", "0", "[x]", "[u]"]);

function isSet(text: string | null): boolean {
  return text !== null && !NO_MARKS.has(text);
}

/** In single precision where each value keeps the seven digits that people read, and whole numbers all of theirs. */
function narrow(values: Float64Array): Float32Array | Float64Array {
  const fits = values.every(
    (value) =>
      !Number.isFinite(value) ||
      (Number.isInteger(value)
        ? Math.fround(value) === value
        : Math.abs(value) < 3e38 && Math.abs(value) > 1e-37),
  );
  return fits ? Float32Array.from(values) : values;
}

/** Numbers of this size are packed: fewer are sent as quickly as they are, more take longer to pack than to send. */
const PACKED_BYTES = { least: 16_000, most: 2_000_000 };

function packNumbers({ buffer, byteOffset, byteLength, BYTES_PER_ELEMENT }: Float32Array | Float64Array) {
  const bytes = new Uint8Array(buffer, byteOffset, byteLength);
  const packed = byteLength >= PACKED_BYTES.least && byteLength <= PACKED_BYTES.most;
  return { bytes: packed ? deflate(togetherByPlace(bytes, BYTES_PER_ELEMENT)) : bytes.slice(), packed };
}

function packTexts(texts: readonly (string | null)[]) {
  return { bytes: deflate(JSON.stringify(texts)), packed: false };
}

function deflate(content: Uint8Array | string): Uint8Array {
  return new Uint8Array(deflateRawSync(content, { level: 1 }));
}
