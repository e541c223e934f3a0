import { didYouMean } from "../nearest.ts";
import { type Path, RecipeMistake } from "./mistake.ts";
import { type DatasourceRecipe, isRecord } from "./recipe.ts";

/** What a datasource may say. */
export const DATASOURCE_PROPERTIES: readonly string[] = [
  "importerClass",
  "datasourceId",
  "geographyScope",
  "temporalScope",
  "localData",
  "configFile",
];

/** With the other spelling that recipes of 2019 have for one of them. */
export const DATASOURCE_NAMES: readonly string[] = [...DATASOURCE_PROPERTIES, "configurationFile"];

/** Datasources: each by its id, by `id: scope`, or as an object of 2019, which alone the original form takes. */
export function readDatasources(value: unknown, path: Path, original = false): DatasourceRecipe[] {
  if (value === undefined || value === null) return [];
  const entries: readonly unknown[] = Array.isArray(value) ? value : [value];
  return entries.map((entry, index) => {
    const place = [...path, index];
    return original ? readOriginal(entry, place) : readDatasource(entry, place);
  });
}

function readDatasource(entry: unknown, path: Path): DatasourceRecipe {
  if (typeof entry === "string" && entry.trim() !== "") return { importerClass: entry, datasourceId: entry };
  if (!isRecord(entry)) throw new RecipeMistake(path, "a datasource is expected", "Such as london/boroughs.");
  const names = Object.keys(entry);
  const [id, second] = names;
  if (id !== undefined && !names.some((name) => DATASOURCE_NAMES.includes(name))) {
    const example = "Such as [london/boroughs, { dft/traffic-counts/trafficCounts: London }].";
    if (second !== undefined)
      throw new RecipeMistake([...path, second], "several datasources stand in a list", example);
    const scope = entry[id];
    const scopes = scope === null || Array.isArray(scope) ? scope : [scope];
    const geographyScope = readScope({ [id]: scopes }, id, path);
    return { importerClass: id, datasourceId: id, ...(geographyScope && { geographyScope }) };
  }
  return readOriginal(entry, path);
}

function readOriginal(entry: unknown, path: Path): DatasourceRecipe {
  if (!isRecord(entry)) throw new RecipeMistake(path, "a datasource has an importerClass and a datasourceId");
  const unknown = Object.keys(entry).find((name) => !DATASOURCE_NAMES.includes(name));
  if (unknown !== undefined) {
    const hint = didYouMean(unknown, DATASOURCE_NAMES);
    throw new RecipeMistake([...path, unknown], `a datasource has no property "${unknown}"`, hint);
  }
  const configFile = entry.configFile ?? entry.configurationFile;
  if (configFile !== undefined && typeof configFile !== "string")
    throw new RecipeMistake([...path, "configFile"], "a path is expected");
  const geographyScope = readScope(entry, "geographyScope", path);
  const temporalScope = readScope(entry, "temporalScope", path);
  const localData = readScope(entry, "localData", path);
  return {
    importerClass: readText(entry, "importerClass", path),
    datasourceId: readText(entry, "datasourceId", path),
    ...(geographyScope && { geographyScope }),
    ...(temporalScope && { temporalScope }),
    ...(localData && { localData }),
    ...(configFile && { configFile }),
  };
}

function readText(entry: Readonly<Record<string, unknown>>, name: string, path: Path): string {
  const value = entry[name];
  if (typeof value === "string") return value;
  const what = value === undefined ? `a datasource needs "${name}"` : "a text is expected";
  throw new RecipeMistake(value === undefined ? path : [...path, name], what);
}

/** A list of texts; numbers, such as years, become texts. An empty list means the same as none. */
function readScope(
  entry: Readonly<Record<string, unknown>>,
  name: string,
  path: Path,
): readonly string[] | undefined {
  const value = entry[name];
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value)) {
    throw new RecipeMistake([...path, name], "a list is expected", `Such as "${name}": ["London"].`);
  }
  const items: readonly unknown[] = value;
  const texts = items.map((item, index) => {
    if (typeof item === "string" || typeof item === "number") return String(item);
    throw new RecipeMistake(
      [...path, name, index],
      "a text is expected",
      'Such as "London", or in temporalScope 2015.',
    );
  });
  return texts.length === 0 ? undefined : texts;
}
