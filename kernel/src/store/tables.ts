/** The four tables of a dataset: file name → columns, in DuckDB's types. Shapes are longitude and latitude (OGC:CRS84). */
export const TABLES = {
  subjects: {
    file: "subjects.parquet",
    columns: {
      provider: "VARCHAR",
      subject_type: "VARCHAR",
      label: "VARCHAR",
      name: "VARCHAR",
      shape: "GEOMETRY('OGC:CRS84')",
      position: "BIGINT",
    },
    identity: ["provider", "subject_type", "label"],
  },
  attributes: {
    file: "attributes.parquet",
    columns: {
      provider: "VARCHAR",
      label: "VARCHAR",
      description: "VARCHAR",
      unit: "VARCHAR",
      kind: "VARCHAR",
    },
    identity: ["provider", "label"],
  },
  fixed_values: {
    file: "fixed-values.parquet",
    columns: {
      subject_provider: "VARCHAR",
      subject_type: "VARCHAR",
      subject_label: "VARCHAR",
      provider: "VARCHAR",
      attribute: "VARCHAR",
      value: "VARCHAR",
    },
    identity: ["subject_provider", "subject_type", "subject_label", "provider", "attribute"],
  },
  timed_values: {
    file: "timed-values.parquet",
    columns: {
      subject_provider: "VARCHAR",
      subject_type: "VARCHAR",
      subject_label: "VARCHAR",
      provider: "VARCHAR",
      attribute: "VARCHAR",
      timestamp: "TIMESTAMP",
      value: "DOUBLE",
    },
    identity: ["subject_provider", "subject_type", "subject_label", "provider", "attribute", "timestamp"],
  },
} as const;

/** Name of one of the {@link TABLES}. */
export type TableName = keyof typeof TABLES;

/** Names of the {@link TABLES}, in order. */
export const TABLE_NAMES: readonly TableName[] = ["subjects", "attributes", "fixed_values", "timed_values"];

/** Column of every file and every view that names the dataset a row is from. Names sort by age. */
export const DATASET_COLUMN = "dataset";

/** View that tells which datasets have brought which subject. */
export const DATASET_SUBJECTS = "dataset_subjects";
