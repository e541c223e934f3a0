import { definePreloaded } from "./preloaded.ts";

/** `sql`: what `%%sql` calls. */
export const sql = definePreloaded({
  name: "sql",
  summary: "await sql`SELECT … WHERE x > ${limit}` runs SQL; values are bound, never pasted into the text.",
  async load(session) {
    const { runBoundSql } = await import("../magics/sql.ts");
    return (text: TemplateStringsArray, ...values: readonly unknown[]) => runBoundSql(session, text, values);
  },
});
