import type { DatasourceRequest } from "./request.ts";

type Named = Pick<DatasourceRequest, "importerClass" | "datasourceId">;

/**
 * Whether a list such as `class, class:datasourceId` names this datasource, so that it is fetched and imported again
 * whatever the store holds. Nothing, an empty text and `None` name nothing.
 */
export function isForced(list: string | null | undefined, datasource: Named): boolean {
  return namesIn(list).some((name) => names(name, datasource));
}

/** The names of such a list that are those of none of the datasources. */
export function namesOfNone(list: string | null | undefined, datasources: readonly Named[]): string[] {
  return namesIn(list).filter((name) => !datasources.some((datasource) => names(name, datasource)));
}

function namesIn(list: string | null | undefined): string[] {
  if (list === null || list === undefined || list.trim() === "None") return [];
  return list
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}

const names = (name: string, { importerClass, datasourceId }: Named): boolean =>
  name === importerClass || name === `${importerClass}:${datasourceId}`;
