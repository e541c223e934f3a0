import { UserError } from "../errors.ts";

/** The code cells of a notebook file, in order. Throws a UserError when the text is no notebook. */
export function codeCellsOf(text: string, file: string): string[] {
  const notebook = parsed(text, file);
  const cells = isRecord(notebook) ? notebook.cells : undefined;
  if (!Array.isArray(cells)) throw new UserError(`${file} is not a notebook`, { where: file });
  return cells.filter(isRecord).flatMap(({ cell_type: type, source }) => {
    if (type !== "code") return [];
    return [Array.isArray(source) ? source.map(String).join("") : String(source ?? "")];
  });
}

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UserError(`${file} is not a notebook`, { where: file, hint: "It is not JSON.", cause });
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
