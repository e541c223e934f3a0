import type { Engine } from "../../engine/engine.ts";
import { quoteLiteral } from "../../engine/quote.ts";
import type { Work } from "../../progress.ts";
import type { RowCounts } from "../../store/manifest.ts";
import type { DatasetRows, DistinctRows } from "../../store/write.ts";
import type { KnownRows } from "../../store/write-table.ts";
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
      subjects: {
        count: subjects,
        constant: input.datasource.subjectTypes.length === 1 ? ["provider", "subject_type"] : [],
      },
      attributes: { count: attributes, constant: ["provider"] },
      fixed_values: knownValues(input, fixed),
      timed_values: knownValues(input, timed),
    },
  };
}

function knownValues({ importer, datasource }: StageInput, { rows, attributes }: StagedValues): KnownRows {
  const subjects = valuesOf(importer, datasource).length === 1 ? ["subject_provider", "subject_type"] : [];
  return { count: rows, constant: ["provider", ...subjects, ...(attributes === 1 ? ["attribute"] : [])] };
}

function values(importer: Importer, kind: "fixed" | "timed"): string {
  const subject = "provider AS subject_provider, subject_type, label AS subject_label";
  const measured = kind === "fixed" ? "value" : "timestamp, value";
  return `SELECT ${subject}, ${quoteLiteral(importer.provider.label)} AS provider, attribute, ${measured}
    FROM staged_${kind}`;
}
