import { isAccess } from "@tombolo/bundle/access";
import { UserError } from "../errors.ts";
import { requestOf, withTags } from "../importers/find.ts";
import type { OwnFileOptions } from "../importers/own/options.ts";
import { importDatasource } from "../importers/run.ts";
import { openStore } from "../store/store.ts";
import { isUnitOfRecord, UNITS_OF_RECORD } from "../store/unit-of-record.ts";
import { defineCommand } from "./command.ts";
import { storeFolder } from "./places.ts";

/** `tombolo import`: the same as `%import`. */
export const importCommand = defineCommand({
  name: "import",
  summary: "Imports a datasource or a file into a store.",
  usage: "tombolo import IMPORTER [DATASOURCE] [--geography NAME] [--time PERIOD] [--store DIR] [--json]",
  options: {
    store: {
      type: "string",
      doc: "folder of the store; that of TOMBOLO_STORE, else .tombolo, unless told otherwise",
    },
    geography: { type: "string", multiple: true, doc: "area to load" },
    time: { type: "string", multiple: true, doc: "period to load" },
    subjects: { type: "string", multiple: true, doc: "subject type for which to load, such as lsoa" },
    local: { type: "string", multiple: true, doc: "local file that is read in the place of the publisher's" },
    tags: { type: "string", doc: "filter for osm instead of a datasource, such as amenity=cafe|pub" },
    config: { type: "string", doc: "settings file of the importer" },
    cache: {
      type: "string",
      doc: "folder of downloads; TOMBOLO_CACHE, or a folder in the store, unless given",
    },
    offline: { type: "boolean", doc: "fetch nothing: only what is in the cache" },
    "without-areas": { type: "boolean", doc: "do not import the areas first that values hang on" },
    access: { type: "string", doc: "public, internal or sensitive, for a file of one's own" },
    reason: {
      type: "string",
      doc: "why the label is lower than what the file looks like; kept with the data",
    },
    unit: {
      type: "string",
      doc: "what one row of a file of one's own is about: person, household, event, organisation, area or none",
    },
    as: { type: "string", doc: "subject type for the rows of a file of one's own" },
    label: { type: "string", doc: "column with the label of each row" },
    name: { type: "string", doc: "column with the name of each row" },
    x: { type: "string", doc: "column with the longitude or easting" },
    y: { type: "string", doc: "column with the latitude or northing" },
    crs: { type: "string", doc: "coordinate system of the coordinates, such as EPSG:27700" },
    when: { type: "string", doc: "column with the time of each row" },
    dates: { type: "string", doc: "how times are written, such as month/day/year" },
    decimal: { type: "string", doc: "sign before the decimals of numbers: . or ," },
    missing: { type: "string", doc: "further marks for missing values, parted by blanks" },
    columns: { type: "string", doc: "columns that are kept, parted by commas" },
    rename: { type: "string", doc: "names for columns, as people=persons, parted by commas" },
    totals: { type: "boolean", doc: "keep rows whose label is Total or the like" },
    header: { type: "string", doc: "row of the headings, counted from 1" },
    sheet: { type: "string", doc: "sheet of a spreadsheet, or layer of a geographic file" },
    delimiter: { type: "string", doc: "sign between the fields of a text file" },
    encoding: { type: "string", doc: "encoding of a text file, such as windows-1252" },
    force: { type: "boolean", doc: "ask the publisher for something newer, and import again" },
    json: { type: "boolean", doc: "print the counts as JSON" },
  },
  async run({ words, options }) {
    const [word] = words;
    if (word === undefined)
      throw new UserError("What is to be imported?", { hint: `Write ${importCommand.usage}` });
    const { cache, offline, force } = options;
    const scopes = {
      geographyScope: options.geography,
      temporalScope: options.time,
      subjectTypes: options.subjects,
      localData: options.local,
      configFile: options.config,
    };
    const store = await openStore(options.store ?? storeFolder(), {
      onWarning: (sentence) => console.error(sentence),
    });
    try {
      const areas = options["without-areas"] !== true;
      const how = { force, cache, offline, areas, ...ownFileOptions(options) };
      const report = await importDatasource(
        store,
        requestOf(withTags(words, options.tags), scopes) ?? word,
        how,
      );
      const { subjects, fixedValues, timedValues } = report.counts;
      if (options.json) console.log(JSON.stringify({ ...report.counts, changed: report.changed }));
      else
        console.log(
          `${report.title}: ${subjects} subjects, ${fixedValues} fixed values, ${timedValues} timed values.`,
        );
      for (const sentence of [...report.notes, ...report.warnings]) console.error(sentence);
    } finally {
      store.close();
    }
  },
});

/** How a file of one's own is read, from the texts of the command line. */
function ownFileOptions({
  access,
  unit,
  decimal,
  header,
  ...texts
}: Readonly<
  Omit<OwnFileOptions, "access" | "decimal" | "header" | "unit"> & {
    access?: string | undefined;
    unit?: string | undefined;
    decimal?: string | undefined;
    header?: string | undefined;
  }
>): OwnFileOptions {
  if (access !== undefined && !isAccess(access))
    throw new UserError(`--access is public, internal or sensitive, not "${access}"`);
  if (unit !== undefined && !isUnitOfRecord(unit))
    throw new UserError(`--unit is ${UNITS_OF_RECORD.join(", ")}, not "${unit}"`);
  if (decimal !== undefined && decimal !== "." && decimal !== ",")
    throw new UserError(`--decimal is . or , not "${decimal}"`);
  if (header !== undefined && !/^[1-9]\d*$/.test(header))
    throw new UserError(`--header is the number of a row, counted from 1, not "${header}"`);
  return { ...texts, access, unit, decimal, header: header === undefined ? undefined : Number(header) };
}
