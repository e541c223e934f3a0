import type { Engine } from "../../engine/engine.ts";
import { quoteLiteral } from "../../engine/quote.ts";
import type { Work } from "../../progress.ts";
import type { RowCounts } from "../../store/manifest.ts";
import type { DatasetRows, DistinctRows } from "../../store/write.ts";
import type { Constants, KnownRows } from "../../store/write-table.ts";
import type { Datasource, Importer, Rows } from "../importer.ts";
import { stageAttributes } from "./attributes.ts";
import { stageKnown, stageSubjects, valuesOf } from "./subjects.ts";
import { type StagedValues, stageValues } from "./values.ts";

/** What staging found. */
export interface Staged {
  /** What the importer gave, repeats included. */
  readonly handedOver: RowCounts;
  /** Rows that the dataset will have. */
  readonly rows: RowCounts;
  readonly dataset: DatasetRows;
  /** What is known of the rows of each table of the dataset. */
  readonly distinct: DistinctRows;
}

/** What is staged. */
export interface StageInput extends Work {
  readonly engine: Engine;
  readonly importer: Importer;
  readonly datasource: Datasource;
  readonly rows: Rows;
  readonly warn: (sentence: string) => void;
}

/**
 * Puts an importer's rows into the form of the store: subjects with valid shapes, values of subjects that are known, each
 * once, times read. Throws a UserError when what the importer says must hold does not.
 */
export async function stage(input: StageInput): Promise<Staged> {
  const { handedOver, subjects } = await stageSubjects(input);
  if (input.rows.distinct === undefined || input.rows.timed !== undefined) await stageKnown(input);
  const attributes = await stageAttributes(input);
  const fixed = await stageValues(input, "fixed");
  const timed = await stageValues(input, "timed");
  const dataset: { -readonly [Table in keyof DatasetRows]: DatasetRows[Table] } = {};
  if (subjects > 0)
    dataset.subjects = "SELECT provider, subject_type, label, name, shape, position FROM staged_subjects";
  if (attributes > 0)
    dataset.attributes = "SELECT provider, label, description, unit, kind FROM staged_attributes";
  if (fixed.rows > 0) dataset.fixed_values = values(input.importer, "fixed");
  if (timed.rows > 0) dataset.timed_values = values(input.importer, "timed");
  return {
    handedOver: { subjects: handedOver, fixedValues: fixed.handedOver, timedValues: timed.handedOver },
    rows: { subjects, fixedValues: fixed.rows, timedValues: timed.rows },
    dataset,
    distinct: {
      subjects: { count: subjects, constant: knownSubjects(input) },
      attributes: { count: attributes, constant: { provider: input.importer.provider.label } },
      fixed_values: knownValues(input, fixed),
      timed_values: knownValues(input, timed),
    },
  };
}

function knownSubjects({ importer, datasource }: StageInput): Constants {
  const [type, ...others] = datasource.subjectTypes;
  if (!type || others.length > 0) return {};
  return { provider: (type.provider ?? importer.provider).label, subject_type: type.label };
}

function knownValues({ importer, datasource }: StageInput, { rows, attributes }: StagedValues): KnownRows {
  const [type, ...otherTypes] = valuesOf(importer, datasource);
  const [attribute, ...otherAttributes] = attributes;
  return {
    count: rows,
    constant: {
      provider: importer.provider.label,
      ...(type && otherTypes.length === 0 && { subject_provider: type.provider, subject_type: type.label }),
      ...(attribute !== undefined && otherAttributes.length === 0 && { attribute }),
    },
  };
}

function values(importer: Importer, kind: "fixed" | "timed"): string {
  const subject = "provider AS subject_provider, subject_type, label AS subject_label";
  const measured = kind === "fixed" ? "value" : "timestamp, value";
  return `SELECT ${subject}, ${quoteLiteral(importer.provider.label)} AS provider, attribute, ${measured}
    FROM staged_${kind}`;
}
