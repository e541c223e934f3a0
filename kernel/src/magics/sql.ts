import { DataType, type Field, type Table } from "apache-arrow";
import { isNamedByData, withNamesOfData } from "../engine/column-names.ts";
import { columnMetadata, withColumnMetadata } from "../engine/columns.ts";
import type { Parameter } from "../engine/engine.ts";
import { Identifier, quoteIdentifier } from "../engine/quote.ts";
import { accessOf, textsOf } from "../engine/result-columns.ts";
import { withoutValues } from "../engine/without-values.ts";
import { isWritten } from "../engine/written.ts";
import { UserError } from "../errors.ts";
import { looksPersonal } from "../importers/own/looks-personal.ts";
import { didYouMean } from "../nearest.ts";
import { noteRead } from "../store/note-read.ts";
import type { Store } from "../store/store.ts";
import { takenNames } from "../store/views.ts";
import { splitInterpolations } from "./interpolation.ts";
import { defineMagic } from "./magic.ts";
import type { Session } from "./session.ts";
import { labelsOfQuery } from "./sql-access.ts";
import { adviceOnDegrees } from "./sql-degrees.ts";
import { asTable, tableNames } from "./tables.ts";

const NAME = /^[\p{L}_$][\p{L}\p{N}_$]*$/u;

/**
 * Runs SQL over the store and the notebook's own tables. Values are bound, never pasted into the text. Each column of the
 * result takes the strictest label of what it is read from; where that cannot be told, of all that the store holds.
 */
export async function runSql(
  session: Session,
  text: string,
  parameters: readonly Parameter[],
): Promise<Table> {
  const store = await session.store();
  await store.refresh();
  const tables = await offerTables(session, store, text);
  const labels = await labelsOfQuery(store, text, tables);
  const { signal } = session.work();
  const known = knownNames(store, tables);
  try {
    const result = await store.engine.query(text, { parameters, signal, byUser: true });
    const answer = withNamesOfData(labelled(result, labels), ({ name }) => !known(name));
    if (answer.numRows > 0) noteRead(accessOf(answer), store.datasets());
    return answer;
  } catch (error) {
    // What is bound may come from anything that the notebook has seen.
    throw withoutValues(
      error,
      parameters.length > 0 ? labels.seen : labels.whole,
      "SQL",
      (name) => known(name) || isWritten(name),
    );
  }
}

/** Puts the notebook's tables that the text names under their names. */
async function offerTables(session: Session, store: Store, text: string): Promise<Map<string, Table>> {
  const words = new Set(text.match(/[\p{L}_][\p{L}\p{N}_]*/gu));
  const tables = new Map<string, Table>();
  for (const name of tableNames(session).filter((known) => words.has(known))) {
    const table = asTable(session.variables.get(name));
    // What only says that it is GeoJSON is none.
    if (!table) continue;
    // Recipes read these: a table of the notebook's in their place would change what they compute.
    if (takenNames([]).has(name))
      throw new UserError(`"${name}" is a table of the store as well as a variable`, {
        where: name,
        hint: "Give the variable another name.",
      });
    await store.engine.register(name, table);
    tables.set(name, table);
  }
  return tables;
}

/** Tells names of columns that the store or a table of the notebook has, other than those made from values. */
function knownNames(store: Store, tables: ReadonlyMap<string, Table>): (name: string) => boolean {
  const own = [...tables.values()].flatMap(({ schema }) =>
    schema.fields.filter((field) => !isNamedByData(field)),
  );
  const stored = [...store.relations().values()].flatMap(({ columns }) => [...columns.keys()]);
  const names = new Set([...own.map(({ name }) => name), ...stored]);
  return (name) => names.has(name);
}

/** The answer with its labels. Records about people in a file read past the importers are seen by what they look like. */
function labelled(result: Table, labels: Awaited<ReturnType<typeof labelsOfQuery>>): Table {
  const { fields } = result.schema;
  const isPersonal =
    labels.readsFiles &&
    looksPersonal(
      fields.filter(isText).map(({ name }) => ({
        name,
        values: textsOf(result.slice(0, LOOKED_AT), name).filter((value) => value !== null),
      })),
    ) !== undefined;
  const source = labels.sources.join(" ");
  return withColumnMetadata(result, (field) => ({
    ...columnMetadata(field),
    ...(source !== "" && { source }),
    access: isPersonal ? "sensitive" : labels.column(fields.indexOf(field), field.name, fields.length),
  }));
}

/** Rows that are looked at for people. */
const LOOKED_AT = 1_000;

const isText = ({ type }: Field): boolean =>
  DataType.isUtf8(type) || DataType.isFloat(type) || DataType.isInt(type);

/** Runs SQL whose texts stand between values: an {@link Identifier} becomes a name, everything else a bound parameter. */
export async function runBoundSql(
  session: Session,
  texts: readonly string[],
  values: readonly unknown[],
  names: readonly string[] = [],
): Promise<Table> {
  const parameters: Parameter[] = [];
  const parts = texts.map((text, index) => {
    if (index >= values.length) return text;
    const value = values[index];
    if (value instanceof Identifier) return text + quoteIdentifier(value.name);
    parameters.push(toParameter(value, names[index] ?? `value ${index + 1}`));
    return `${text}?`;
  });
  const text = parts.join("");
  const result = await runSql(session, text, parameters);
  const { onWarning } = session.work();
  for (const sentence of adviceOnDegrees(text)) onWarning?.(sentence);
  return result;
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
  line: "sql",
  body: "sql",
  examples: ["%%sql longest <<", "SELECT name, tube_km FROM tubes WHERE tube_km > ${limit}"],
  typescript({ kind, text, body, words }) {
    const query = kind === "line" ? text : body.trimEnd();
    const call = `await sql\`${query.replace(/[\\`]/g, "\\$&")}\`;`;
    const name = kind === "cell" ? words[0] : undefined;
    return name ? `const ${name} = ${call}` : call;
  },
  async foresee(session, { kind, text, body }): Promise<Table | undefined> {
    const query = (kind === "line" ? text : body).trim().replace(/;\s*$/, "");
    const { texts } = splitInterpolations(query);
    // What is no SELECT cannot stand in parentheses, and of mistakes the run tells.
    return runSql(session, `SELECT * FROM (${texts.join("NULL")}) LIMIT 0`, []).catch(() => undefined);
  },
  async run(session, { kind, text, words, body }): Promise<Table | undefined> {
    if (kind === "line") return runText(session, text);
    const [variable, arrow, surplus] = words;
    if (variable === undefined) return runText(session, body);
    if (arrow !== "<<" || surplus !== undefined || !NAME.test(variable)) {
      throw new UserError(`%%sql does not understand "${words.join(" ")}"`, {
        hint: "Write %%sql name << and the SQL below.",
      });
    }
    session.variables.set(variable, await runText(session, body));
    return undefined;
  },
});

/** `${expression}` in the text stands for a value, which is bound. */
async function runText(session: Session, text: string): Promise<Table> {
  const { texts, expressions } = splitInterpolations(text);
  const values: unknown[] = [];
  for (const expression of expressions) values.push(await evaluated(session, expression));
  return runBoundSql(session, texts, values, expressions);
}

async function evaluated(session: Session, expression: string): Promise<unknown> {
  if (!NAME.test(expression)) return session.evaluate({ code: `(${expression})` });
  if (session.variables.has(expression)) return session.variables.get(expression);
  const hint = didYouMean(expression, session.variables.names());
  throw new UserError(`The SQL names \${${expression}}, but there is no such variable`, {
    where: expression,
    hint,
  });
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
