/**
 * What is to be imported, as recipes say it. Lists that are absent or empty mean the importer's default.
 */
export interface DatasourceRequest {
  /** Original class name such as `uk.org.tombolo.importer.ons.CensusImporter`, or a short name such as `ons/census`. */
  readonly importerClass: string;
  /** One of the importer's ids. */
  readonly datasourceId: string;
  /** Areas to load; what they mean is the importer's. */
  readonly geographyScope?: readonly string[] | null | undefined;
  /** Periods to load. */
  readonly temporalScope?: readonly string[] | null | undefined;
  /** Paths of local files, for importers that read files. */
  readonly localData?: readonly string[] | null | undefined;
  /** Path of a properties file, for the general CSV importer. */
  readonly configFile?: string | null | undefined;
  /** Labels of the subject types that a recipe computes over: census tables are loaded for these alone. */
  readonly subjectTypes?: readonly string[] | null | undefined;
}
