import { createHash } from "node:crypto";
import type { DatasourceRequest } from "./request.ts";

/**
 * Key under which a finished import of an importer is known: the datasource's id, and a digest of the scopes and local
 * files when there are any. The order inside a list does not matter; absent and empty are the same.
 */
export function journalKey({
  datasourceId,
  geographyScope,
  temporalScope,
  localData,
}: Pick<DatasourceRequest, "datasourceId" | "geographyScope" | "temporalScope" | "localData">): string {
  const parts = [geographyScope, temporalScope, localData].map((list) => [...(list ?? [])].sort().join("\t"));
  if (parts.every((part) => part === "")) return datasourceId;
  return `${datasourceId}:${createHash("md5").update(parts.join("|")).digest("hex")}`;
}
