/** What one record of a dataset is about. Counts of people and of what belongs to few people disclose; counts of things do not. */
export const UNITS_OF_RECORD = ["person", "household", "event", "organisation", "area", "none"] as const;

/** One of {@link UNITS_OF_RECORD}; `none` for things such as roads and trees. */
export type UnitOfRecord = (typeof UNITS_OF_RECORD)[number];

/** Whether a value is a unit of record. */
export function isUnitOfRecord(value: unknown): value is UnitOfRecord {
  return UNITS_OF_RECORD.some((unit) => unit === value);
}
