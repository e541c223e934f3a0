import { type Access, isAccess } from "@tombolo/bundle/access";
import { Field, RecordBatch, Schema, Table } from "apache-arrow";

/** What a column's numbers are: it decides which sums and means make sense. */
export const STATISTIC_KINDS = [
  "count",
  "amount",
  "rate",
  "mean",
  "index",
  "percentile",
  "category",
] as const;

/** One of {@link STATISTIC_KINDS}. */
export type StatisticKind = (typeof STATISTIC_KINDS)[number];

/** What every column of a result carries in its Arrow field metadata. */
export interface ColumnMetadata {
  /** Heading for people. */
  readonly title?: string;
  /** Unit such as `km`; absent for text and for plain numbers. */
  readonly unit?: string;
  readonly kind?: StatisticKind;
  /** How many values are missing and why, as a sentence; absent when none is. */
  readonly missing?: string;
  /** Who made the data, with the licence. */
  readonly source?: string;
  /** Strictest access label of the column's sources. */
  readonly access: Access;
  /** Name of the column that says why a value is not there: `[c]` confidential, `[x]` not available, `[u]` unreliable. */
  readonly marks?: string;
}

const PREFIX = "tombolo.";

/** Column metadata as the text pairs that Arrow keeps on a field. */
export function toArrowMetadata(metadata: ColumnMetadata): Map<string, string> {
  const pairs = Object.entries(metadata).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return new Map(pairs.map(([key, value]) => [PREFIX + key, value]));
}

/** Reads the metadata of a field. A field without a label is `internal`: only what says so is public. */
export function columnMetadata(field: Field): ColumnMetadata {
  const read = (key: string) => field.metadata.get(PREFIX + key);
  const access = read("access");
  const title = read("title");
  const unit = read("unit");
  const source = read("source");
  const missing = read("missing");
  const marks = read("marks");
  const kind = STATISTIC_KINDS.find((known) => known === read("kind"));
  return {
    access: isAccess(access) ? access : "internal",
    ...(title !== undefined && { title }),
    ...(unit !== undefined && { unit }),
    ...(source !== undefined && { source }),
    ...(missing !== undefined && { missing }),
    ...(kind !== undefined && { kind }),
    ...(marks !== undefined && { marks }),
  };
}

/** The same table with other column metadata; what else a field carries, such as a geometry's extension name, is kept. */
export function withColumnMetadata(table: Table, describe: (field: Field) => ColumnMetadata): Table {
  return withFields(table, (field) => {
    const metadata = new Map([...field.metadata, ...toArrowMetadata(describe(field))]);
    return new Field(field.name, field.type, field.nullable, metadata);
  });
}

/** The same table with other fields of the same types. */
export function withFields(table: Table, change: (field: Field) => Field): Table {
  const schema = new Schema(table.schema.fields.map(change), table.schema.metadata);
  return new Table(
    schema,
    table.batches.map((batch) => new RecordBatch(schema, batch.data)),
  );
}
