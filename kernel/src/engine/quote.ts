/** A name as a quoted SQL identifier. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text as a quoted SQL literal, for the few places where SQL takes no parameter: paths of files. */
export function quoteLiteral(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** The name of a table or column, to be written into SQL where a value would be bound. */
export class Identifier {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/** Makes an {@link Identifier}. */
export function id(name: string): Identifier {
  return new Identifier(name);
}
