import type { Parameter } from "./engine/engine.ts";
import type { Session } from "./magics/session.ts";
import type { Recipe } from "./recipe/recipe.ts";

/** How a name that cells need not import comes into being, at its first use. */
export type Loader = () => Promise<unknown>;

/** The names that every cell has without an import, each loaded when a cell first names it. */
export function preloaded(session: Session): Record<string, Loader> {
  return {
    arrow: () => import("apache-arrow"),
    turf: () => import("@turf/turf"),
    vegaLite: () => import("vega-lite"),
    map: async () => (await import("./map/map.ts")).map,
    chart: async () => (await import("./chart/chart.ts")).chart,
    table: async () => (await import("./table/table.ts")).table,
    recipe: async () => (await import("./recipe/build.ts")).recipe,
    fields: async () => (await import("./fields/build.ts")).fields,
    importDatasource: async () => {
      const { importDatasource } = await import("./importers/run.ts");
      return async (datasource: string, options = {}) =>
        importDatasource(await session.store(), datasource, {
          ...session.work(),
          folder: session.folder,
          ...options,
        });
    },
    runRecipe: async () => {
      const { cook } = await import("./magics/recipe.ts");
      return (recipe: Recipe) => cook(session, recipe);
    },
    exportTable: async () => {
      const { exportTable } = await import("./export/export.ts");
      const { resolve } = await import("node:path");
      const { isTable } = await import("./magics/tables.ts");
      const { UserError } = await import("./errors.ts");
      return async (value: unknown, path: string) => {
        if (!isTable(value))
          throw new UserError("exportTable writes tables", { hint: "Give it the result of a recipe." });
        return exportTable((await session.store()).engine, value, resolve(session.folder, path));
      };
    },
    store: () => session.store(),
    sql: async () => {
      const { runSql, toParameter } = await import("./magics/sql.ts");
      return (text: TemplateStringsArray, ...values: readonly unknown[]) => {
        const parameters: Parameter[] = values.map((value, index) =>
          toParameter(value, `value ${index + 1}`),
        );
        return runSql(session, text.join("?"), parameters);
      };
    },
  };
}
