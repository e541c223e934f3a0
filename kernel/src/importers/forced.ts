import type { DatasourceRequest } from "./request.ts";

/**
 * Whether a list such as `class, class:datasourceId` names this datasource, so that it is fetched and imported again
 * whatever the store holds. Nothing, an empty text and `None` name nothing.
 */
export function isForced(
  list: string | null | undefined,
  { importerClass, datasourceId }: Pick<DatasourceRequest, "importerClass" | "datasourceId">,
): boolean {
  if (list === null || list === undefined || list.trim() === "None") return false;
  const names = list.split(",").map((name) => name.trim());
  return names.includes(importerClass) || names.includes(`${importerClass}:${datasourceId}`);
}
