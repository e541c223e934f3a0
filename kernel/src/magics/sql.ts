import { type Access, strictest } from "@tombolo/bundle";
import type { Table } from "apache-arrow";
import { columnMetadata, withColumnMetadata } from "../engine/columns.ts";
import type { Parameter } from "../engine/engine.ts";
import { UserError } from "../errors.ts";
import { didYouMean } from "../nearest.ts";
import { defineMagic } from "./magic.ts";
import type { Session } from "./session.ts";
import { tableNames, tableOf } from "./tables.ts";

/**
 * Runs SQL over the store and the notebook's own tables. Values are bound, never pasted into the text. The result takes
 * the strictest access label of all that the store holds and of the notebook's tables that the text names.
 */
export async function runSql(
  session: Session,
  text: string,
  parameters: readonly Parameter[],
): Promise<Table> {
  const store = await session.store();
  await store.refresh();
  const labels: Access[] = store.catalogue().subjectTypes.map(({ access }) => access);
  const words = new Set(text.match(/[\p{L}_][\p{L}\p{N}_]*/gu));
  for (const name of tableNames(session).filter((known) => words.has(known))) {
    const table = tableOf(session, name);
    await store.engine.register(name, table);
    labels.push(...table.schema.fields.map((field) => columnMetadata(field).access));
  }
  const { signal } = session.work();
  const result = await store.engine.query(text, { parameters, signal, byUser: true });
  const access = strictest(labels);
  return withColumnMetadata(result, (field) => ({ ...columnMetadata(field), access }));
}

/** `%%sql`: SQL over the store's tables and the notebook's own. */
export const sqlMagic = defineMagic({
  name: "sql",
  kinds: ["cell", "line"],
  summary:
    "Runs SQL over the store's tables and the notebook's tables; `%%sql name <<` puts the answer into a variable.",
  arguments: [
    { name: "words", doc: "`name <<` above SQL, or the SQL itself after %sql", required: false, rest: true },
  ],
  options: {},
  body: "sql",
  examples: ["%%sql longest <<", "SELECT name, tube_km FROM tubes WHERE tube_km > ${limit}"],
  async run(session, { kind, words, body }) {
    const [variable, arrow, surplus] = words;
    if (kind === "line") return runText(session, words.join(" "));
    if (variable === undefined) return runText(session, body);
    if (arrow !== "<<" || surplus !== undefined) {
      throw new UserError(`%%sql does not understand "${words.join(" ")}"`, {
        hint: "Write %%sql name << and the SQL below.",
      });
    }
    session.variables.set(variable, await runText(session, body));
    return undefined;
  },
});

/** `${name}` in the text stands for a variable's value and becomes a bound parameter. */
async function runText(session: Session, text: string): Promise<Table> {
  const parameters: Parameter[] = [];
  const bound = text.replace(/\$\{\s*([\p{L}_$][\p{L}\p{N}_$]*)\s*\}/gu, (_, name: string) => {
    parameters.push(parameterOf(session, name));
    return "?";
  });
  return runSql(session, bound, parameters);
}

function parameterOf(session: Session, name: string): Parameter {
  if (!session.variables.has(name)) {
    const hint = didYouMean(name, session.variables.names());
    throw new UserError(`The SQL names \${${name}}, but there is no such variable`, { where: name, hint });
  }
  return toParameter(session.variables.get(name), name);
}

/** A value as a bound parameter, or a UserError when SQL has no such type. */
export function toParameter(value: unknown, name: string): Parameter {
  if (value === null || value === undefined) return null;
  if (typeof value === "string" || typeof value === "number" || typeof value === "bigint") return value;
  if (typeof value === "boolean" || value instanceof Uint8Array) return value;
  if (value instanceof Date) return value.toISOString();
  throw new UserError(`"${name}" cannot be a value in SQL`, {
    where: name,
    hint: "Numbers, texts, booleans and dates can.",
  });
}
