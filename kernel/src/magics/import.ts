import { requestOf, withTags } from "../importers/find.ts";
import { DATE_FORMATS } from "../importers/own/date-format.ts";
import { importDatasource } from "../importers/run.ts";
import { UNITS_OF_RECORD } from "../store/unit-of-record.ts";
import { defineMagic, type MagicInput, type OptionDeclarations } from "./magic.ts";
import { callText, literal } from "./typescript.ts";

const list = (doc: string) =>
  ({ type: "text", separators: ";", doc: `${doc}; several with a semicolon between them` }) as const;

/** `%import`: brings data into the notebook's store. */
export const importMagic = defineMagic({
  name: "import",
  kinds: ["line"],
  summary:
    "Imports a datasource, or a file of one's own (CSV, spreadsheet, GeoJSON, GeoPackage, Parquet …), into the notebook's store.",
  arguments: [
    {
      name: "importer",
      doc: "the importer, such as london/boroughs, or the path of a file",
      required: true,
      completes: "importer",
    },
    {
      name: "datasource",
      doc: "which of the importer's datasources, such as lsoa",
      required: false,
      completes: "datasource",
    },
  ],
  options: {
    geography: { ...list("areas to load"), completes: "geography" },
    time: list("periods to load"),
    subjects: { ...list("subject types for which to load"), completes: "area kind" },
    local: { ...list("local files that are read in the place of the publisher's"), completes: "file" },
    tags: { type: "text", doc: "filter for osm instead of a datasource, such as amenity=cafe|pub" },
    config: { type: "text", completes: "file", doc: "settings file of the importer" },
    cache: { type: "text", completes: "file", doc: "folder of downloads" },
    offline: { type: "flag", doc: "fetch nothing: only what is in the cache" },
    force: { type: "flag", doc: "ask the publisher for something newer, and import again" },
    access: {
      type: "text",
      values: ["public", "internal", "sensitive"],
      doc: "who may see the values of a file of one's own; internal unless told otherwise",
    },
    reason: { type: "text", doc: "why the label is lower than what the file looks like; kept with the data" },
    unit: {
      type: "text",
      values: UNITS_OF_RECORD,
      doc: "what one row of a file of one's own is about; guessed unless told",
    },
    as: { type: "text", doc: "subject type for the rows of a file of one's own" },
    label: {
      type: "text",
      completes: "heading",
      doc: "column with the label of each row of a file of one's own",
    },
    name: {
      type: "text",
      completes: "heading",
      doc: "column with the name of each row of a file of one's own",
    },
    x: { type: "text", completes: "heading", doc: "column with the longitude or easting" },
    y: { type: "text", completes: "heading", doc: "column with the latitude or northing" },
    crs: { type: "text", doc: "coordinate system of the coordinates, such as EPSG:27700" },
    when: { type: "text", completes: "heading", doc: "column with the time of each row" },
    dates: { type: "text", values: DATE_FORMATS.map(({ name }) => name), doc: "how times are written" },
    decimal: { type: "text", values: [".", ","], doc: "sign before the decimals of numbers" },
    missing: { type: "text", doc: "further marks for missing values, parted by blanks" },
    columns: {
      type: "text",
      completes: "heading",
      separators: ",",
      doc: "columns that are kept, parted by commas",
    },
    rename: {
      type: "text",
      completes: "heading",
      separators: ",",
      doc: "names for columns, as people=persons, parted by commas",
    },
    totals: { type: "flag", doc: "keep rows whose label is Total or the like" },
    header: { type: "integer", minimum: 1, doc: "row of the headings, counted from 1" },
    sheet: { type: "text", doc: "sheet of a spreadsheet, or layer of a geographic file" },
    delimiter: { type: "text", doc: "sign between the fields of a text file" },
    encoding: { type: "text", doc: "encoding of a text file, such as windows-1252" },
  },
  examples: ["%import london/boroughs"],
  typescript: ({ words, options }) => {
    const { scopes, how, tags } = split(options);
    const all = withTags(words, tags);
    const isPlain = all.length === 1 && Object.keys(scopes).length === 0;
    const request = (isPlain ? undefined : requestOf(all, scopes)) ?? words[0];
    return `await ${callText("importDatasource", [literal(request)], how)};`;
  },
  async run(session, { words, options }) {
    const { scopes, how, tags } = split(options);
    const request = requestOf(withTags(words, tags), scopes) ?? words[0] ?? "";
    return importDatasource(await session.store(), request, {
      ...how,
      ...session.work(),
      folder: session.folder,
    });
  },
});

/** What goes into the request, and how it is done. */
function split<Options extends MagicInput<OptionDeclarations>["options"]>(options: Options) {
  const { geography, time, subjects, local, config, tags, ...how } = options;
  const scopes = {
    ...listed("geographyScope", geography),
    ...listed("temporalScope", time),
    ...listed("subjectTypes", subjects),
    ...listed("localData", local),
    ...(typeof config === "string" && { configFile: config }),
  };
  return { scopes, how, tags: typeof tags === "string" ? tags : undefined };
}

function listed(name: string, text: unknown) {
  return typeof text === "string" ? { [name]: text.split(";").map((part) => part.trim()) } : {};
}
