/** A value bound to a `?` of a statement. */
export type SqlValue = string | number | boolean | null;

/** SQL text with the values bound to its `?`, in order. */
export interface Statement {
  readonly sql: string;
  readonly parameters: readonly SqlValue[];
}

/** A piece of SQL text with the values that belong to it. Text reaches it by a template only, so data never becomes SQL. */
export class Sql implements Statement {
  readonly sql: string;
  readonly parameters: readonly SqlValue[];

  constructor(sql: string, parameters: readonly SqlValue[] = []) {
    this.sql = sql;
    this.parameters = parameters;
  }
}

/** SQL from a template: pieces are put in with their values, numbers and booleans are written out. */
export function sql(texts: TemplateStringsArray, ...pieces: readonly (Sql | number | boolean)[]): Sql {
  let text = texts[0] ?? "";
  const parameters: SqlValue[] = [];
  pieces.forEach((piece, index) => {
    if (piece instanceof Sql) {
      text += piece.sql;
      for (const value of piece.parameters) parameters.push(value);
    } else text += String(piece);
    text += texts[index + 1] ?? "";
  });
  return new Sql(text, parameters);
}

/** A text that is bound, never written. */
export function bound(value: string): Sql {
  return new Sql("CAST(? AS VARCHAR)", [value]);
}

/** A number as SQL writes a double. */
export function double(value: number): Sql {
  return new Sql(`CAST(${Number.isFinite(value) ? value : "NULL"} AS DOUBLE PRECISION)`);
}

/** A name of our own making: letters, digits and `_` only. */
export function named(name: string): Sql {
  if (!/^[A-Za-z_][\w.]*$/.test(name)) throw new Error(`"${name}" is no name of ours`);
  return new Sql(name);
}

/** Pieces with a text between them. */
export function join(pieces: readonly Sql[], separator: string): Sql {
  const parameters: SqlValue[] = [];
  for (const piece of pieces) for (const value of piece.parameters) parameters.push(value);
  return new Sql(pieces.map((piece) => piece.sql).join(separator), parameters);
}

/** The first of the values that is not null; `NULL` when there are none. */
export function coalesce(pieces: readonly Sql[]): Sql {
  const [first] = pieces;
  if (!first) return new Sql("NULL");
  return pieces.length === 1 ? first : sql`COALESCE(${join(pieces, ", ")})`;
}
