/** The ten words of Tombolo and what each means. */
export const glossary: Readonly<Record<string, string>> = {
  subject: "a thing with a type, a label, a name and perhaps a shape: an area, a sensor, a line of track.",
  attribute: "a named measurement of a provider; fixed values have no time, timed values have one.",
  datasource: "one thing that an importer can load.",
  importer:
    "what turns a publisher's file into subjects, attributes and values: one file of code, mostly data.",
  store: "the folder of GeoParquet files in which everything imported lies.",
  field: "a function from a subject to a value: one column of a result.",
  recipe: "subjects and fields, and the datasources they need: it says what to compute, not how.",
  model: "a named field tree that can be shared, such as an index.",
  engine: "what runs the SQL of a recipe: DuckDB inside the kernel.",
  bundle: "what a cell shows, in several forms at once: interactive, a picture, and plain text.",
};
