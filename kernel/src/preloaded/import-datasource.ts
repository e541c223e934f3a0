import type { Importer } from "../importers/importer.ts";
import type { DatasourceRequest } from "../importers/request.ts";
import type { ImportOptions } from "../importers/run.ts";
import { definePreloaded } from "./preloaded.ts";

/** `importDatasource`: what `%import` calls. */
export const importDatasource = definePreloaded({
  name: "importDatasource",
  summary: 'await importDatasource("london/boroughs") imports a datasource into the notebook\'s store.',
  async load(session) {
    const { importDatasource } = await import("../importers/run.ts");
    return async (datasource: string | DatasourceRequest | Importer, options: ImportOptions = {}) =>
      importDatasource(await session.store(), datasource, {
        ...session.work(),
        folder: session.folder,
        ...options,
      });
  },
});
